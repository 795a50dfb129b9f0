import type { HttpRequest } from '@azure/functions';
import type { Fault } from '../../aci/errors.ts';
import { createdAtOf } from '../../runs/runId.ts';
import { throwFaults } from './checkedBody.ts';
import { parameterFault } from './query.ts';

const mostOfAPage = 100;
const usualPage = 25;

/** Which runs of a list are asked for: so many, after the one with this id. */
export type RunPage = { top: number; after: string | undefined };

/** Reads `top` and `skipToken`. @throws InvalidRequest with every parameter that makes no sense. */
export function runPageOf({ query }: HttpRequest): RunPage {
  const top = query.get('top') ?? String(usualPage);
  const skipToken = query.get('skipToken');
  const after = skipToken === null ? undefined : Buffer.from(skipToken, 'base64url').toString('utf8');
  const faults: Fault[] = [];
  if (!/^[1-9]\d{0,2}$/.test(top) || Number(top) > mostOfAPage) {
    faults.push(parameterFault('top', `top '${top}' must be a number from 1 to ${mostOfAPage}.`));
  }
  if (after !== undefined && createdAtOf(after) === undefined) {
    faults.push(parameterFault('skipToken', 'skipToken must be one that a nextLink of this list held.'));
  }
  throwFaults(faults);
  return { top: Number(top), after };
}

/** @param path of the list, absolute. @param after the id of the last run of this page. */
export function nextPageLink(path: string, { top }: RunPage, after: string): string {
  const skipToken = Buffer.from(after).toString('base64url');
  return `${path}?${new URLSearchParams({ top: String(top), skipToken })}`;
}
