import type { Requests } from '../../runs/request/submitRun.ts';
import type { RunRecord } from '../../runs/runRecord.ts';

const intervalMs = 1_000;

/** The run once it is over, or as it is when so many seconds have gone by: whoever gets its messages carries it on meanwhile. */
export async function waitForEnd(
  { store, wait, now }: Pick<Requests, 'store' | 'wait' | 'now'>,
  run: RunRecord,
  seconds: number,
): Promise<RunRecord> {
  const until = now() + seconds * 1000;
  let last = run;
  for (let looks = 0; !last.end && looks < seconds && now() < until; looks += 1) {
    await wait(Math.min(intervalMs, until - now()));
    last = (await store.run(run.containerGroup, run.id))?.value ?? last;
  }
  return last;
}
