import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import { resourceIdOf } from '../../aci/containerGroupId.ts';
import { RunIsOver, RunNotStored } from '../errors.ts';
import type { RunRecord } from '../runRecord.ts';
import { advance } from '../step/takeStep.ts';
import { partitionOf } from '../store/keys.ts';
import { inTime } from './inTime.ts';
import type { Requests } from './submitRun.ts';

const mostTries = 20;

/**
 * Notes that somebody wants the run to end, and takes the step that this allows: a run that waits is over at once, one that runs is
 * stopped, one that is being launched is stopped once that is settled.
 * @returns the run; undefined when there is none.
 * @throws RunIsOver when it ended otherwise before.
 */
export function cancelRun(
  requests: Requests,
  group: ContainerGroupId,
  runId: string,
  inlineMs: number,
): Promise<RunRecord | undefined> {
  // Many may be canceled at once, and each that waits changes the group's head: one after another they meet no conflict.
  return requests.lock(partitionOf(group), () => cancel(requests, group, runId, inlineMs));
}

async function cancel(
  requests: Requests,
  group: ContainerGroupId,
  runId: string,
  inlineMs: number,
): Promise<RunRecord | undefined> {
  const { store, watchQueue, now, wait } = requests;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await store.run(group, runId);
    if (stored === undefined) {
      return undefined;
    }
    const run = stored.value;
    if (run.end) {
      if (run.end.reason === 'CanceledByCaller') {
        return run;
      }
      throw new RunIsOver(run.id, run.end.status);
    }
    const wished: RunRecord = { ...run, wish: run.wish ?? { kind: 'cancel', at: now() } };
    await watchQueue.send({ containerGroup: resourceIdOf(group), runId, queuedAt: now() }, 0);
    if (await store.commit(group, { run: { value: wished, was: stored } })) {
      const current = await store.run(group, runId);
      if (current) {
        await inTime(wait, inlineMs, advance(requests, current));
      }
      return (await store.run(group, runId))?.value ?? wished;
    }
  }
  throw new RunNotStored();
}
