import type { HttpRequest } from '@azure/functions';
import type { Head } from '../../runs/head.ts';
import { presentRun } from '../../runs/presentRun.ts';
import type { Run } from '../../runs/run.ts';
import type { RunRecord } from '../../runs/runRecord.ts';
import type { Collaborators } from '../collaborators.ts';
import { originOf, type RunLinks, runLinks } from './links.ts';

/** A run as answers show it. */
export type ShownRun = Run & { links: RunLinks };

/** How soon it is worth asking again for a run that is not over, in seconds. */
export const nextLookSeconds = 5;

/**
 * A stored run as answers show it.
 * @param head its group's, which tells whether it waits for another run.
 */
export function shownRun(
  request: HttpRequest,
  record: RunRecord,
  head: Head | undefined,
  { config, tickets }: Pick<Collaborators, 'config' | 'tickets'>,
): ShownRun {
  const { runRetentionDays, publicOrigin } = config;
  const origin = originOf(request, publicOrigin);
  return { ...presentRun(record, head), links: runLinks(record, { origin, tickets, runRetentionDays }) };
}

/** The same, once it is known who holds the group, which is only asked where it matters. */
export async function shownStoredRun(
  request: HttpRequest,
  record: RunRecord,
  collaborators: Pick<Collaborators, 'config' | 'tickets' | 'requests'>,
): Promise<ShownRun> {
  const mayWait = record.mode === 'recreate' && !record.end;
  const head = mayWait ? (await collaborators.requests.store.head(record.containerGroup)).value : undefined;
  return shownRun(request, record, head, collaborators);
}

/** Where a run can be followed: by its ticket where there are any, else by its own URL. */
export function following({ links }: ShownRun): Record<string, string> {
  return { location: links.result ?? links.self, 'operation-location': links.self };
}

/** The header that says when to ask again; none for a run that is over. */
export function askAgain({ end }: RunRecord): Record<string, string> {
  return end ? {} : { 'retry-after': String(nextLookSeconds) };
}
