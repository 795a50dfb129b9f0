import { newRunRecord, type RunRecord, type Task } from '../../src/runs/runRecord.ts';
import { askedAt, id, runId } from './markedGroup.ts';

/** The run of these tests as it is stored before anything was done for it, with these changes. */
export function recordOf(changes: Partial<RunRecord> = {}, task: Partial<Task> = {}): RunRecord {
  const record = newRunRecord({
    id: runId,
    containerGroup: id,
    mode: 'recreate',
    ifRunning: 'reject',
    startedBy: { via: 'a test' },
    env: [],
    warnings: [],
    createdAt: askedAt,
    hasCallback: false,
    timeoutSeconds: 86_400,
    startWithinSeconds: 21_600,
    ttlSeconds: 3_600,
    parallelism: 1,
    groups: ['nightly'],
  });
  return { ...record, ...changes, tasks: [{ ...(record.tasks[0] as Task), ...task }] };
}
