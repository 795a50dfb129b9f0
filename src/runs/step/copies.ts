import pMap from 'p-map';
import { isCopyOf } from '../../aci/clone/copyName.ts';
import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import type { ContainerGroupDocument } from '../../aci/document.ts';
import { ArmError } from '../../aci/errors.ts';
import { readMark } from '../../aci/mark.ts';
import type { RunRecord } from '../runRecord.ts';
import { copiesDueAt } from './copiesDueAt.ts';
import { lookAt } from './look.ts';
import type { Reconciler } from './reconciler.ts';

const mostAtOnce = 4;

/**
 * Deletes the copies of a run that is over, and every other copy of the same group that should be gone: a launch that got through
 * after everybody had given it up leaves one.
 * @returns whether all of them are gone.
 */
export async function deleteCopies(
  reconciler: Pick<Reconciler, 'containerGroups' | 'store' | 'now'>,
  run: RunRecord,
): Promise<boolean> {
  const { containerGroups } = reconciler;
  try {
    const { subscriptionId, resourceGroup } = run.containerGroup;
    const groups = await containerGroups.list({ subscriptionId, resourceGroup });
    const gone = await pMap(
      groups,
      async ({ id, document }) =>
        !(await isLeftOver(reconciler, run, id, document)) || remove(containerGroups, run, id),
      { concurrency: mostAtOnce },
    );
    return gone.every(Boolean);
  } catch (error) {
    if (error instanceof ArmError) {
      return error.status === 404; // without the resource group there is no copy either
    }
    throw error;
  }
}

/** Whether a group is a copy that the app itself made of the run's group, for a run that is over and whose time is up. */
async function isLeftOver(
  { store, now }: Pick<Reconciler, 'store' | 'now'>,
  run: RunRecord,
  { name }: ContainerGroupId,
  document: ContainerGroupDocument,
): Promise<boolean> {
  const mark = readMark(document);
  if (mark === undefined || !isCopyOf(name, run.containerGroup.name, mark.runId)) {
    return false;
  }
  const its = mark.runId === run.id ? run : (await store.run(run.containerGroup, mark.runId))?.value;
  return its?.end !== undefined && its.mode === 'clone' && now() >= copiesDueAt(its);
}

/** A list may be a moment old: what is deleted is looked at just before. */
async function remove(
  containerGroups: Reconciler['containerGroups'],
  run: RunRecord,
  id: ContainerGroupId,
): Promise<boolean> {
  const sight = await lookAt(containerGroups, id);
  if (sight.kind === 'seen') {
    const mark = readMark(sight.document);
    if (mark && isCopyOf(id.name, run.containerGroup.name, mark.runId)) {
      await containerGroups.delete(id);
    }
  }
  return sight.kind === 'seen'; // of one that is listed and not found, the next list tells
}
