import { containerGroupIdFaults } from '../containerGroupId.ts';
import type { Fault } from '../errors.ts';
import { containerGroupFrom } from './containerGroupFrom.ts';
import { type CreateRequest, check } from './createRequest.schema.ts';
import { documentFaults } from './documentFaults.ts';
import { isLabel, labelRule } from './nameFaults.ts';
import { requestFaults } from './requestFaults.ts';

/**
 * Every fault of a request to create a container group, each once, with a JSON Pointer into the request: those of its shape,
 * or, where it has none of those, all others. None is a promise that `containerGroupFrom` takes the body. Never throws.
 */
export function createFaults(body: unknown): Fault[] {
  const shapeFaults = check(body);
  return once(shapeFaults.length > 0 ? shapeFaults : faultsOf(body as CreateRequest));
}

function faultsOf(request: CreateRequest): Fault[] {
  const { id, document, pointerOf } = containerGroupFrom(request);
  const idFaults = containerGroupIdFaults(id, {
    subscriptionId: '/subscriptionId',
    resourceGroup: '/rgName',
    name: '/cnName',
  });
  return [
    ...idFaults.filter(({ target }) => target !== '/cnName'),
    ...nameFaults(id.name),
    ...requestFaults(request),
    ...documentFaults(document).map((fault) => ({ ...fault, target: pointerOf(fault.target) })),
  ];
}

/** ARM finds a group whatever the case of its name; a new one must be in lower case. */
function nameFaults(name: string): Fault[] {
  return isLabel(name, 1)
    ? []
    : [{ code: 'InvalidName', target: '/cnName', message: `The name '${name}' ${labelRule(1)}.` }];
}

/** One place of the request may stand in the document twice, as a port of the simple form does. */
function once(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ code, target }) => seen.size < seen.add(`${code} ${target}`).size);
}
