import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { resourceIdOf } from '../../aci/containerGroupId.ts';
import type { Change } from '../../aci/plan/change.ts';
import { planRun } from '../../runs/request/planRun.ts';
import type { RunAsked } from '../../runs/request/runAsked.ts';
import { type Submitted, submitRun } from '../../runs/request/submitRun.ts';
import type { Collaborators } from '../collaborators.ts';
import { errorAnswer } from './errorAnswer.ts';
import { preferenceOf } from './prefer.ts';
import { requireManagedIdentity } from './requireManagedIdentity.ts';
import { askAgain, following, shownRun, shownStoredRun } from './shownRun.ts';
import { ifRead, waitForEnd } from './waitForEnd.ts';

/** How long the first step of a run may keep its caller waiting, in milliseconds. */
const inlineMs = 8_000;

/**
 * Asks for a run, and answers 202 with it and where to follow it; 200 when it is over already, which only an earlier request's or one
 * that was waited for can be; ARM's own error when ARM refused the launch for good.
 */
export async function launchAnswer(
  request: HttpRequest,
  asked: RunAsked,
  collaborators: Collaborators,
): Promise<HttpResponseInit> {
  requireManagedIdentity(collaborators.config);
  const preference = preferenceOf(request);
  const submitted = await submitRun(collaborators.requests, asked, inlineMs);
  if (submitted.rejection) {
    const answer = errorAnswer(submitted.rejection);
    const run = shownRun(request, submitted.run, submitted.head, collaborators);
    return { ...answer, headers: { ...answer.headers, ...following(run) } };
  }
  const { run, isReplay } = submitted;
  const last = await waitForEnd(collaborators.requests, run, preference.waitSeconds);
  const shown = await shownAfter(request, submitted, last, collaborators);
  return {
    status: last.end ? 200 : 202,
    headers: {
      ...following(shown),
      ...askAgain(last),
      ...preference.headers,
      ...(isReplay && { 'idempotent-replayed': 'true' }),
    },
    jsonBody: shown,
  };
}

async function shownAfter(
  request: HttpRequest,
  { run, head }: Submitted,
  last: Submitted['run'],
  collaborators: Collaborators,
) {
  const shown = last === run ? undefined : await ifRead(shownStoredRun(request, last, collaborators));
  return shown ?? shownRun(request, last, head, collaborators);
}

/** Answers 200 with what a launch would change; nothing is stored or written. */
export async function dryRunAnswer(asked: RunAsked, collaborators: Collaborators): Promise<HttpResponseInit> {
  requireManagedIdentity(collaborators.config);
  const { changes, warnings } = await planRun(collaborators.requests, asked);
  return {
    jsonBody: {
      dryRun: true,
      containerGroup: resourceIdOf(asked.containerGroup),
      changes: asked.job === undefined ? changes : changes.map(withoutBefore),
      warnings,
    },
  };
}

/** Who holds the key of a job may set its variables, which is not to read what they are. */
function withoutBefore({ before: _, ...change }: Change): Change {
  return change;
}
