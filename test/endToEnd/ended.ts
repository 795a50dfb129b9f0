import { setTimeout as pause } from 'node:timers/promises';

/** A run is looked at every few seconds, and its messages a few seconds later: this is long enough for all of them. */
const patienceMs = 45_000;

type AnyRun = { status: string };

/** The run at this URL once it is over. */
export function ended<Run extends AnyRun>(url: string): Promise<Run> {
  return followed(url, ({ status }) => !['NotStarted', 'Running'].includes(status));
}

/** The run at this URL once it is as it should be. */
export async function followed<Run extends AnyRun>(
  url: string,
  isThere: (run: Run) => boolean,
): Promise<Run> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const run = (await (await fetch(url)).json()) as Run;
    if (isThere(run)) {
      return run;
    }
    if (performance.now() > deadline) {
      throw new Error(`The run did not get there: ${JSON.stringify(run)}`);
    }
    await pause(50);
  }
}
