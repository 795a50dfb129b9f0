import type { InstanceView } from '../../src/aci/document.ts';
import { launchContainerGroup } from '../../src/functions/launchContainerGroup.ts';
import type { RunRecord } from '../../src/runs/runRecord.ts';
import { takeStep } from '../../src/runs/step/takeStep.ts';
import type { InMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { at, groupOf, terminated } from '../runs/markedGroup.ts';
import { type Answer, call, groupParams, resourceId, type TestCollaborators } from './call.ts';

/** Later than any start that the group shows before the launch. */
export const afterLaunch = { startTime: at(3605), finishTime: at(3620) };

/** An operator's launch of the group. */
export async function launched(
  collaborators: TestCollaborators,
  body: unknown = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call(launchContainerGroup(collaborators), { method: 'POST', params: groupParams, body, headers });
}

/** The run as it is stored. */
export async function storedRun(collaborators: TestCollaborators, runId: string): Promise<RunRecord> {
  const stored = await collaborators.requests.store.run(groupParams, runId);
  if (stored === undefined) {
    throw new Error(`There is no run '${runId}'.`);
  }
  return stored.value;
}

/** Lets the group show these containers under the mark of a run, and somebody look at it. */
export async function seen(
  collaborators: TestCollaborators,
  groups: InMemoryContainerGroups,
  runId: string,
  containers: Record<string, InstanceView | null> = { main: terminated(0, afterLaunch) },
): Promise<RunRecord> {
  groups.put(groupOf({ mark: { RUN_ID: runId, RUN_ATTEMPT: '1' }, containers }));
  await looked(collaborators, runId);
  return storedRun(collaborators, runId);
}

/** Lets somebody look at a run, as its message would. */
export async function looked(collaborators: TestCollaborators, runId: string): Promise<void> {
  await takeStep(collaborators.requests, { containerGroup: resourceId, runId, queuedAt: 0 });
}
