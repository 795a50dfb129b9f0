import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import { newRunId } from '../runId.ts';
import type { Reconciler } from './reconciler.ts';

/** So many runs that were kept long enough are removed with each run that ends. */
const pageSize = 20;

/** Removes runs of a group that have been over for longer than runs are kept. */
export async function sweepRuns(
  { store, now, retention }: Pick<Reconciler, 'store' | 'now' | 'retention'>,
  group: ContainerGroupId,
): Promise<void> {
  const cutoff = newRunId(now() - retention, new Uint8Array(16));
  for (const run of await store.list(group, pageSize, cutoff)) {
    if (run.end && run.duties.length === 0 && (run.finishedAt ?? 0) < now() - retention) {
      await store.remove(group, run);
    }
  }
}
