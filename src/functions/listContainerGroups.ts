import type { HttpRequest } from '@azure/functions';
import { containerGroupIdFaults, parseContainerGroupId } from '../aci/containerGroupId.ts';
import type { Fault } from '../aci/errors.ts';
import { type ListQuery, listContainerGroups as list } from '../aci/listing/listContainerGroups.ts';
import { listStatuses } from '../aci/listing/listStatuses.ts';
import type { Collaborators } from './collaborators.ts';
import { throwFaults } from './http/checkedBody.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { originOf } from './http/links.ts';
import { parameterFault } from './http/query.ts';
import * as containerGroupTriggers from './triggers/containerGroupTriggers.ts';

/** The most groups of one page, each of which costs a call to Azure. */
const mostOfAPage = 1_000;

/** How long a list may go on asking Azure, its throttles waited out; callers give up after a minute or two. */
const patienceMs = 60_000;

/** `GET azure/containers?subscriptionId&resourceGroup&status&top&skipToken`: every group that the identity can see. */
export function listContainerGroups({ config, containerGroupsFor, now, wait }: Collaborators): HttpFunction {
  return {
    ...containerGroupTriggers.listContainerGroups,
    async handler(request) {
      const query = readQuery(request);
      const patience = { now, wait, until: now() + patienceMs };
      const { value, errors, after } = await list(
        containerGroupsFor(request),
        query,
        config.scopes,
        patience,
      );
      return {
        jsonBody: {
          value,
          ...(after !== undefined && {
            nextLink: nextLink(originOf(request, config.publicOrigin), query, after),
          }),
          ...(errors.length > 0 && { errors }),
        },
      };
    },
  };
}

/** @throws InvalidRequest with every parameter that makes no sense. */
function readQuery({ query }: HttpRequest): ListQuery {
  const parameter = (name: string) => query.get(name) ?? undefined;
  const [subscriptionId, resourceGroup, status] = ['subscriptionId', 'resourceGroup', 'status'].map(
    parameter,
  );
  const top = query.get('top') ?? String(mostOfAPage);
  const skipToken = parameter('skipToken');
  const after = skipToken === undefined ? undefined : Buffer.from(skipToken, 'base64url').toString('utf8');
  const faults: Fault[] = containerGroupIdFaults({
    subscriptionId: subscriptionId ?? '00000000-0000-0000-0000-000000000000',
    resourceGroup: resourceGroup ?? 'any',
    name: 'any',
  });
  if (status !== undefined && !listStatuses.some((known) => known.toLowerCase() === status.toLowerCase())) {
    faults.push(parameterFault('status', `status '${status}' is none of ${listStatuses.join(', ')}.`));
  }
  if (!/^[1-9]\d{0,3}$/.test(top) || Number(top) > mostOfAPage) {
    faults.push(parameterFault('top', `top '${top}' must be a number from 1 to ${mostOfAPage}.`));
  }
  if (after !== undefined && parseContainerGroupId(after) === undefined) {
    faults.push(parameterFault('skipToken', 'skipToken must be one that a nextLink of this list held.'));
  }
  throwFaults(faults);
  return { subscriptionId, resourceGroup, status, top: Number(top), after };
}

function nextLink(origin: string, { after: _, ...query }: ListQuery, after: string): string {
  const parameters = Object.entries({ ...query, skipToken: Buffer.from(after).toString('base64url') })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)]);
  return `${origin}/api/azure/containers?${new URLSearchParams(parameters)}`;
}
