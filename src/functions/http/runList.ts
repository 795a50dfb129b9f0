import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import type { RunRecord } from '../../runs/runRecord.ts';
import type { RunStore } from '../../runs/store/runStore.ts';
import type { Collaborators } from '../collaborators.ts';
import { nextPageLink, type RunPage } from './runPage.ts';
import { shownRun } from './shownRun.ts';

/** So many runs are read at a time, and in all, for a page of which most may not belong to the list. */
const batch = 100;
const mostRead = 1_000;

/**
 * Runs of a group, newest first, of which only some may belong to the list. A page for which more than a thousand would have to be read
 * is a short one.
 * @returns the page, and the run after which the next one begins.
 */
export async function findRuns(
  store: Pick<RunStore, 'list'>,
  group: ContainerGroupId,
  { top, after }: RunPage,
  belongs?: (run: RunRecord) => boolean,
): Promise<{ runs: RunRecord[]; after?: string }> {
  const runs: RunRecord[] = [];
  let last = after;
  for (let read = 0; read < mostRead; ) {
    const wanted = belongs ? Math.min(batch, mostRead - read) : top + 1;
    const found = await store.list(group, wanted, last);
    for (const run of found) {
      if (!belongs || belongs(run)) {
        if (runs.length === top) {
          return { runs, ...(last !== undefined && { after: last }) };
        }
        runs.push(run);
      }
      last = run.id;
    }
    if (found.length < wanted) {
      return { runs };
    }
    read += found.length;
  }
  return { runs, ...(last !== undefined && { after: last }) };
}

/** The answer for a list of runs. @param url of the list. */
export async function runListAnswer(
  request: HttpRequest,
  group: ContainerGroupId,
  url: string,
  page: RunPage,
  collaborators: Collaborators,
  belongs?: (run: RunRecord) => boolean,
): Promise<HttpResponseInit> {
  const { store } = collaborators.requests;
  const [{ runs, after }, head] = await Promise.all([
    findRuns(store, group, page, belongs),
    store.head(group),
  ]);
  return {
    jsonBody: {
      value: runs.map((run) => shownRun(request, run, head.value, collaborators)),
      ...(after !== undefined && { nextLink: nextPageLink(url, page, after) }),
    },
  };
}
