import pMap from 'p-map';
import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import type { ContainerGroups } from '../../aci/containerGroups.ts';
import { ArmError, ScopeNotAllowed } from '../../aci/errors.ts';
import type { Sights } from '../life/decideNextStep.ts';
import type { Sight } from '../life/decideTask.ts';
import { groupOfTask, type RunRecord, type Task } from '../runRecord.ts';

const mostAtOnce = 8;

/** Looks at the groups of these tasks, one GET each. */
export async function lookAtTasks(
  containerGroups: Pick<ContainerGroups, 'get'>,
  run: RunRecord,
  tasks: readonly Task[],
): Promise<Sights> {
  const sights = await pMap(
    tasks,
    async (task) => [task.index, await lookAt(containerGroups, groupOfTask(run, task))] as const,
    { concurrency: mostAtOnce },
  );
  return new Map(sights);
}

/** What a GET of the group tells. Rejects only with what is no answer of ARM. */
export async function lookAt(
  containerGroups: Pick<ContainerGroups, 'get'>,
  group: ContainerGroupId,
): Promise<Sight> {
  try {
    return { kind: 'seen', document: await containerGroups.get(group) };
  } catch (error) {
    if (error instanceof ScopeNotAllowed) {
      return {
        kind: 'unseen',
        error: new ArmError({ code: error.code, message: error.message, status: 403 }),
      };
    }
    if (!(error instanceof ArmError)) {
      throw error;
    }
    const isAbsent = error.status === 404;
    return { kind: isAbsent ? 'absent' : 'unseen', error };
  }
}
