import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import { resourceIdOf } from '../../aci/containerGroupId.ts';
import type { Requests } from '../../runs/request/submitRun.ts';
import type { RunRecord } from '../../runs/runRecord.ts';
import { StorageError } from '../../runs/store/rows.ts';

/** How late the next look at a run may be before its message counts as lost, in milliseconds. */
const overdueMs = 60_000;

/**
 * A stored run; undefined when there is none. One whose next step is overdue gets a message, so that nobody has to watch over
 * the messages themselves.
 */
export async function readRun(
  { store, watchQueue, now }: Pick<Requests, 'store' | 'watchQueue' | 'now'>,
  group: ContainerGroupId,
  runId: string,
): Promise<RunRecord | undefined> {
  const run = (await store.run(group, runId))?.value;
  if (run && (!run.end || run.duties.length > 0) && now() > run.lookAt + overdueMs) {
    const message = { containerGroup: resourceIdOf(run.containerGroup), runId, queuedAt: now() };
    await watchQueue.send(message, 0).catch((error: unknown) => {
      if (!(error instanceof StorageError)) {
        throw error;
      }
      // It can be read all the same, and whoever reads it next tries again.
    });
  }
  return run;
}
