import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { resourceIdOf } from '../../aci/containerGroupId.ts';
import { type Launch, LaunchOutcomeUnknown, launchRun, planRun } from '../../runs/launchRun.ts';
import type { Collaborators } from '../collaborators.ts';
import { errorAnswer } from './errorAnswer.ts';
import { originOf, runLinks } from './links.ts';

/** How soon it is worth asking for a run that was just launched, in seconds. */
const firstLookSeconds = 5;

/**
 * Launches, and answers 202 with the Run and where to follow it; a dry run answers 200 with the plan. A launch of which
 * nobody knows whether it got through says where to look, too.
 */
export async function launchAnswer(
  request: HttpRequest,
  launch: Omit<Launch, 'runId'>,
  dryRun: boolean,
  { config, containerGroups, now, newRunId }: Collaborators,
): Promise<HttpResponseInit> {
  const asked = now();
  const runId = newRunId(asked);
  if (dryRun) {
    const { changes, warnings } = await planRun(containerGroups, { ...launch, runId });
    return {
      jsonBody: { dryRun: true, containerGroup: resourceIdOf(launch.containerGroup), changes, warnings },
    };
  }
  const links = runLinks(originOf(request, config.publicOrigin), launch.containerGroup, runId);
  const follow = { location: links['self'] ?? '', 'operation-location': links['self'] ?? '' };
  try {
    const run = await launchRun(containerGroups, { ...launch, runId }, asked);
    return {
      status: 202,
      headers: { ...follow, 'retry-after': String(firstLookSeconds) },
      jsonBody: { ...run, links },
    };
  } catch (error) {
    if (error instanceof LaunchOutcomeUnknown) {
      const answer = errorAnswer(error);
      return { ...answer, headers: { ...answer.headers, ...follow } };
    }
    throw error;
  }
}
