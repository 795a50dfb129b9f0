import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { resourceIdOf } from '../../aci/containerGroupId.ts';
import type { Change } from '../../aci/plan/change.ts';
import { decidingContainer } from '../../jobs/decidingContainer.ts';
import { type Launch, LaunchOutcomeUnknown, launchRun, planRun } from '../../runs/launchRun.ts';
import type { Collaborators } from '../collaborators.ts';
import { errorAnswer } from './errorAnswer.ts';
import { originOf, type RunLinks, runLinks } from './links.ts';
import { RequestRefused } from './requestRefused.ts';

/** How soon it is worth asking for a run that was just launched, in seconds. */
const firstLookSeconds = 5;

/**
 * Launches, and answers 202 with the Run and where to follow it; a dry run answers 200 with the plan. A launch of which
 * nobody knows whether it got through says where to look, too.
 */
export async function launchAnswer(
  request: HttpRequest,
  launch: Omit<Launch, 'decidingContainer'>,
  dryRun: boolean,
  { config, containerGroups, newRunId }: Collaborators,
): Promise<HttpResponseInit> {
  if (config.arm.credential === 'caller') {
    throw new RequestRefused({
      status: 403,
      code: 'LaunchNeedsManagedIdentity',
      message:
        "This app acts with its callers' own tokens (ARM_CREDENTIAL=caller), and a run outlives the token of its caller. " +
        'Launches need ARM_CREDENTIAL=managed-identity.',
    });
  }
  const { containerGroup } = launch;
  if (dryRun) {
    const { changes, warnings } = await planRun(containerGroups, launch, newRunId);
    return {
      jsonBody: {
        dryRun: true,
        containerGroup: resourceIdOf(containerGroup),
        changes: launch.job === undefined ? changes : changes.map(withoutBefore),
        warnings,
      },
    };
  }
  const deciding = launch.container ?? decidingContainer(config.jobs.values(), containerGroup);
  const linksOf = (runId: string) => runLinks(originOf(request, config.publicOrigin), containerGroup, runId);
  try {
    const run = await launchRun(containerGroups, { ...launch, decidingContainer: deciding }, newRunId);
    const links = linksOf(run.id);
    return {
      status: 202,
      headers: { ...following(links), 'retry-after': String(firstLookSeconds) },
      jsonBody: { ...run, links },
    };
  } catch (error) {
    if (error instanceof LaunchOutcomeUnknown) {
      const answer = errorAnswer(error);
      return { ...answer, headers: { ...answer.headers, ...following(linksOf(error.runId)) } };
    }
    throw error;
  }
}

/** Who holds the key of a job may set its variables, which is not to read what they are. */
function withoutBefore({ before: _, ...change }: Change): Change {
  return change;
}

function following({ self }: RunLinks): Record<string, string> {
  return { location: self, 'operation-location': self };
}
