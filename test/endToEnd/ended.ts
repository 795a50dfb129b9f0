import { patiently } from '../until.ts';

/** A run is looked at every few seconds, and its messages a few seconds later: this is long enough for all of them. */
const patienceSeconds = 45;

type AnyRun = { status: string };

/** The run at this URL once it is over. */
export function ended<Run extends AnyRun>(url: string): Promise<Run> {
  return followed(url, ({ status }) => !['NotStarted', 'Running'].includes(status));
}

/** The run at this URL once it is as it should be. */
export function followed<Run extends AnyRun>(url: string, isThere: (run: Run) => boolean): Promise<Run> {
  let run: Run;
  const look = async () => {
    run = (await (await fetch(url)).json()) as Run;
    return isThere(run) && run;
  };
  return patiently(patienceSeconds, look).catch((cause) => {
    throw new Error(`The run did not get there: ${JSON.stringify(run)}`, { cause });
  });
}
