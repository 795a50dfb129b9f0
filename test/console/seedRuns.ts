import { randomBytes } from 'node:crypto';
import type { ContainerGroupId } from '../../src/aci/containerGroupId.ts';
import { newRunId } from '../../src/runs/runId.ts';
import { newRunRecord, type RunRecord, type Task } from '../../src/runs/runRecord.ts';
import { createAzureRows } from '../../src/runs/store/azureRows.ts';
import { createRunStore } from '../../src/runs/store/runStore.ts';
import { readStorageConnection } from '../../src/runs/store/storageConnection.ts';

/** A run as it is stored, and what it has printed. */
export type Seed = { run: RunRecord; log: string };

export type PastRuns = {
  group: ContainerGroupId;
  job: string;
  count: number;
  everyMs: number;
  /** How long ago the last one was. */
  agoMs: number;
  tasks?: number;
};

/** Runs that are over: one after another, longer and shorter, of which some have failed. The newest comes first. */
export function pastRuns({ group, job, count, everyMs, agoMs, tasks }: PastRuns): Seed[] {
  const start = Date.now() - agoMs;
  return Array.from({ length: count }, (_, index) => {
    const createdAt = start - index * everyMs;
    const took = (30 + ((index * 37 + agoMs / 100_000) % 90)) * 1_000;
    const run = newRunRecord({
      id: newRunId(createdAt, randomBytes(16)),
      containerGroup: group,
      mode: tasks === undefined ? 'recreate' : 'clone',
      startedBy: { via: index % 4 === 0 ? 'schedule' : `POST jobs/${job}/runs` },
      env: [
        { container: 'main', name: 'NAME', value: 'Ada' },
        { container: 'main', name: 'TOKEN', secure: true },
      ],
      warnings: [],
      createdAt,
      hasCallback: false,
      ifRunning: 'queue',
      timeoutSeconds: 3_600,
      startWithinSeconds: 3_600,
      ttlSeconds: 0,
      parallelism: 4,
      job,
      container: 'main',
      groups: Array.from({ length: tasks ?? 1 }, (_, task) =>
        tasks === undefined ? group.name : `${group.name}-${task}`,
      ),
    });
    const launchedAt = createdAt + 4_000;
    const finishedAt = launchedAt + took;
    const hasFailed = index % 6 === 2;
    const end: RunRecord['end'] = hasFailed
      ? {
          status: 'Failed',
          reason: 'NonZeroExit',
          error: { code: 'ContainerFailed', message: "Container 'main' ended with exit code 3." },
        }
      : index % 11 === 4
        ? { status: 'Canceled', reason: 'CanceledByCaller' }
        : { status: 'Succeeded', reason: 'Completed' };
    const past: RunRecord = {
      ...run,
      launchedAt,
      finishedAt,
      end,
      tasks: run.tasks.map((task): Task => {
        const exitCode = hasFailed && task.index % 5 === 0 ? 3 : 0;
        return {
          ...task,
          phase: 'over',
          attempt: 1,
          startedAt: new Date(launchedAt).toISOString(),
          finishedAt: new Date(finishedAt).toISOString(),
          containers: [{ name: 'main', state: 'Terminated', exitCode, restartCount: 0 }],
          end: exitCode === 0 && hasFailed ? { status: 'Succeeded', reason: 'Completed' } : end,
          logsKept: true,
        };
      }),
      lookAt: finishedAt,
    };
    return {
      run: past,
      log: `Hello, Ada!\nstep 1\nstep 2\n${hasFailed ? 'cannot reach the store\n' : 'done\n'}`,
    };
  });
}

/** Stores runs that are over. @param storage a connection string. */
export async function seedRuns(storage: string, seeds: readonly Seed[]): Promise<void> {
  const { connection } = readStorageConnection((name) =>
    name === 'AzureWebJobsStorage' ? storage : undefined,
  );
  if (connection === undefined) {
    throw new Error('That is no connection string.');
  }
  const store = createRunStore(createAzureRows({ connection, deadlineMs: 20_000 }), () =>
    randomBytes(8).toString('hex'),
  );
  for (const { run, log } of seeds) {
    const group = run.containerGroup;
    await store.commit(group, { run: { value: run, was: undefined }, request: { overrides: {} } });
    await store.keepLogs(group, run.id, 0, { main: log });
  }
}
