import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { RunAsked } from '../../runs/request/runAsked.ts';
import { type Submitted, submitRun } from '../../runs/request/submitRun.ts';
import type { Collaborators } from '../collaborators.ts';
import { RequestRefused } from '../http/requestRefused.ts';
import { askAgain, following, shownRun } from '../http/shownRun.ts';

/** How long the first steps of a delivery's runs may keep its sender waiting, in milliseconds; Slack gives up after 3 s. */
const inlineMs = 2_000;

/** How long runs are taken of one delivery; Event Grid gives up after 30 s. */
const mostMs = 20_000;

/** What one event is to come to. */
export type Outcome = RunAsked | { ignored: string };

/**
 * Starts the runs of a delivery, one after another, and answers 202 with its run, or with what each of its events came to; 200 where
 * nothing is started, or all is over. That ARM refused a launch for good is in the run: to send the event again would change nothing.
 * @throws as `submitRun`; RequestRefused 503 when there are too many for one request. The runs that are stored by then stay, and are
 *   found again when the delivery comes again.
 */
export async function submitEvents(
  request: HttpRequest,
  outcomes: readonly Outcome[],
  collaborators: Collaborators,
): Promise<HttpResponseInit> {
  const { requests, now } = collaborators;
  const began = now();
  const results: (Submitted | { ignored: string })[] = [];
  for (const outcome of outcomes) {
    const spentMs = now() - began;
    if (spentMs > mostMs) {
      throw tooManyEvents();
    }
    results.push(
      'ignored' in outcome ? outcome : await submitRun(requests, outcome, Math.max(inlineMs - spentMs, 0)),
    );
  }
  return answerOf(request, results, collaborators);
}

function answerOf(
  request: HttpRequest,
  results: readonly (Submitted | { ignored: string })[],
  collaborators: Collaborators,
): HttpResponseInit {
  const shown = results.map((result) =>
    'ignored' in result
      ? { status: 'Ignored', message: result.ignored }
      : shownRun(request, result.run, result.head, collaborators),
  );
  const isOver = results.every((result) => 'ignored' in result || result.run.end !== undefined);
  const status = isOver ? 200 : 202;
  const [only, ...others] = results;
  if (only === undefined) {
    return { status, jsonBody: { status: 'Ignored', message: 'Nothing in this is for the job.' } };
  }
  if (others.length > 0) {
    return { status, jsonBody: { value: shown } };
  }
  if ('ignored' in only) {
    return { status, jsonBody: shown[0] };
  }
  const run = shownRun(request, only.run, only.head, collaborators);
  const replayed = only.isReplay ? { 'idempotent-replayed': 'true' } : {};
  return { status, headers: { ...following(run), ...askAgain(only.run), ...replayed }, jsonBody: run };
}

function tooManyEvents(): RequestRefused {
  return new RequestRefused({
    status: 503,
    code: 'TooManyEvents',
    message:
      'There are more events than could be taken in time. Send them again: those that were are not taken twice.',
  });
}
