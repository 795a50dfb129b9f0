import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { readRun } from './http/readRun.ts';
import { requireReadable } from './http/requireReadable.ts';
import { runNotFound, runOf } from './http/runParams.ts';
import { askAgain, shownStoredRun } from './http/shownRun.ts';
import * as runTriggers from './triggers/runTriggers.ts';

/** `GET {group}/runs/{runId}`: 200 whatever the run's status. */
export function showRun(collaborators: Collaborators): HttpFunction {
  return {
    ...runTriggers.showRun,
    async handler(request) {
      const { group, runId } = runOf(request);
      await requireReadable(request, group, collaborators);
      const run = await readRun(collaborators.requests, group, runId);
      if (run === undefined) {
        throw runNotFound(runId);
      }
      return { headers: askAgain(run), jsonBody: await shownStoredRun(request, run, collaborators) };
    },
  };
}
