import { NotFound } from '../aci/errors.ts';
import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { originOf, resultUrl } from './http/links.ts';
import { readRun } from './http/readRun.ts';
import { askAgain, shownStoredRun } from './http/shownRun.ts';
import * as runTriggers from './triggers/runTriggers.ts';

/**
 * `GET results/{ticket}`: what the `Location` of a launch points at. 202 until the run is over, then 200, failed or not: a Logic App
 * polls as long as it gets 202, and takes a 5xx for a fault of the app's. The ticket is the key.
 */
export function showResult(collaborators: Collaborators): HttpFunction {
  const { requests, tickets, config } = collaborators;
  return {
    ...runTriggers.showResult,
    async handler(request) {
      const ticket = request.params['ticket'] ?? '';
      const ticketed = tickets?.read(ticket, requests.now());
      const run = ticketed && (await readRun(requests, ticketed.containerGroup, ticketed.runId));
      if (run === undefined) {
        throw new NotFound('ResultNotFound', 'There is no result under this ticket, or it has expired.');
      }
      const jsonBody = await shownStoredRun(request, run, collaborators);
      if (run.end) {
        return { jsonBody };
      }
      const location = resultUrl(originOf(request, config.publicOrigin), ticket);
      return { status: 202, headers: { location, ...askAgain(run) }, jsonBody };
    },
  };
}
