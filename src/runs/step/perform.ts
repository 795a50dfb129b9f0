import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import type { ContainerGroups } from '../../aci/containerGroups.ts';
import { ArmError, ScopeNotAllowed } from '../../aci/errors.ts';
import { isInTime } from '../life/beginLaunch.ts';
import { launchFailure } from '../life/launchFailure.ts';
import type { Outcome } from '../life/settle.ts';
import { groupOfTask, type RunRecord } from '../runRecord.ts';
import type { RunStore } from '../store/runStore.ts';
import type { PlannedLaunch } from './planTask.ts';

const tooLate = 'The launch was not sent: there was no time left to wait for its answer.';

/** So much of what a container printed last is kept, in UTF-16 code units. */
const mostLogLength = 64 * 1024;

/**
 * Sends the PUT of a launch that was written down; not when so much time went by that its deadline could be over before its
 * answer is there.
 * @param run as it was stored before: with this launch, and a claim of ours.
 */
export async function performLaunch(
  containerGroups: Pick<ContainerGroups, 'createOrUpdate'>,
  run: RunRecord,
  { task, document }: PlannedLaunch,
  now: () => number,
): Promise<Outcome> {
  const stored = run.tasks[task.index];
  const outcome = { kind: 'launch', index: task.index, by: stored?.claim?.by ?? '' } as const;
  if (!stored?.claim || !isInTime(stored.claim, now())) {
    return { ...outcome, error: new ArmError({ code: 'LaunchTooLate', message: tooLate }) };
  }
  try {
    await containerGroups.createOrUpdate(groupOfTask(run, task), document);
    return outcome;
  } catch (error) {
    return { ...outcome, error: armError(error) };
  }
}

/** Tells a task's group to stop, under the claim that was stored for that; not when there is no time left for it. */
export async function performStop(
  containerGroups: Pick<ContainerGroups, 'stop'>,
  run: RunRecord,
  index: number,
  now: () => number,
): Promise<Outcome> {
  const task = run.tasks[index];
  const outcome = { kind: 'stop', index, by: task?.claim?.by ?? '' } as const;
  if (!task?.claim || !isInTime(task.claim, now())) {
    return outcome; // nothing was sent, so nothing is under way
  }
  try {
    await containerGroups.stop(groupOfTask(run, task));
    return outcome;
  } catch (error) {
    return { ...outcome, error: armError(error) };
  }
}

/** Keeps what each container of a task printed last: the next launch of the group takes it away. */
export async function performKeepLogs(
  containerGroups: Pick<ContainerGroups, 'listLogs'>,
  store: Pick<RunStore, 'keepLogs'>,
  run: RunRecord,
  index: number,
): Promise<Outcome> {
  const task = run.tasks[index];
  try {
    const logs: Record<string, string> = {};
    for (const { name } of task?.containers ?? []) {
      if (task) {
        logs[name] = lastOf(await logOf(containerGroups, groupOfTask(run, task), name));
      }
    }
    await store.keepLogs(run.containerGroup, run.id, index, logs);
    return { kind: 'keepLogs', index };
  } catch (error) {
    return { kind: 'keepLogs', index, error: armError(error) };
  }
}

/** What a container printed; nothing where ARM says that it has no logs, as of one that never started. */
async function logOf(
  containerGroups: Pick<ContainerGroups, 'listLogs'>,
  group: ContainerGroupId,
  container: string,
): Promise<string> {
  try {
    return await containerGroups.listLogs(group, container, {});
  } catch (error) {
    if (error instanceof ArmError && launchFailure(error).kind === 'rejected') {
      return '';
    }
    throw error;
  }
}

/** The end of a text, from the beginning of a line where there is one. */
function lastOf(content: string): string {
  if (content.length <= mostLogLength) {
    return content;
  }
  const end = content.slice(-mostLogLength);
  return end.slice(end.indexOf('\n') + 1);
}

/** @throws what is no answer of ARM: a fault of our own, which must not be taken for one. */
function armError(error: unknown): ArmError {
  if (error instanceof ArmError) {
    return error;
  }
  if (error instanceof ScopeNotAllowed) {
    return new ArmError({ code: error.code, message: error.message, status: 403 });
  }
  throw error;
}
