import { resourceIdOf } from '../../aci/containerGroupId.ts';
import type { Duty, RunRecord } from '../runRecord.ts';
import { deleteCopies } from './copies.ts';
import { copiesDueAt } from './copiesDueAt.ts';
import type { Reconciler } from './reconciler.ts';
import { sweepRuns } from './sweepRuns.ts';

/** What is left to do for a run that is over. @returns the duties that are to be tried again, or are not due yet. */
export async function performDuties(reconciler: Reconciler, run: RunRecord): Promise<Duty[]> {
  const left: Duty[] = [];
  for (const duty of run.duties) {
    try {
      if (!(await perform(duty, reconciler, run))) {
        left.push(duty);
      }
    } catch (error) {
      reconciler.report(error); // one that fails must not have the others done again and again
      left.push(duty);
    }
  }
  return left;
}

/** @returns whether it is done. */
async function perform(duty: Duty, reconciler: Reconciler, run: RunRecord): Promise<boolean> {
  const { store, watchQueue, callbackQueue, now } = reconciler;
  const containerGroup = resourceIdOf(run.containerGroup);
  switch (duty) {
    case 'wake': {
      const { current } = (await store.head(run.containerGroup)).value;
      if (current !== undefined) {
        await watchQueue.send({ containerGroup, runId: current, queuedAt: now() }, 0);
      }
      return true;
    }
    case 'callback':
      await callbackQueue.send({ containerGroup, runId: run.id, tries: 0 }, 0);
      return true;
    case 'sweep':
      await sweepRuns(reconciler, run.containerGroup);
      return true;
    case 'copies':
      return now() >= copiesDueAt(run) && deleteCopies(reconciler, run);
  }
}
