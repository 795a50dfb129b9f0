import type { Requests } from '../../runs/request/submitRun.ts';
import type { RunRecord } from '../../runs/runRecord.ts';
import { StorageError } from '../../runs/store/rows.ts';

const intervalMs = 1_000;

/**
 * The run once it is over, or as it was last seen when so many seconds have gone by: whoever gets its messages carries it on meanwhile.
 * A look that fails is none: the run is stored, and an error would have its caller ask for another one.
 */
export async function waitForEnd(
  { store, wait, now }: Pick<Requests, 'store' | 'wait' | 'now'>,
  run: RunRecord,
  seconds: number,
): Promise<RunRecord> {
  const until = now() + seconds * 1000;
  let last = run;
  for (let looks = 0; !last.end && looks < seconds && now() < until; looks += 1) {
    await wait(Math.min(intervalMs, until - now()));
    last = (await ifRead(store.run(run.containerGroup, run.id)))?.value ?? last;
  }
  return last;
}

/** What was read; undefined when the storage account does not answer as it should. */
export async function ifRead<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof StorageError) {
      return undefined;
    }
    throw error;
  }
}
