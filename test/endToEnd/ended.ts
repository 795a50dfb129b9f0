import { patiently } from '../until.ts';

/** A run is looked at every few seconds, and its messages a few seconds later: this is long enough for all of them. */
export const patienceSeconds = 45;

type AnyRun = { status: string };

/** The run at this URL once it is over. */
export function ended<Run extends AnyRun>(url: string): Promise<Run> {
  return followed(url, ({ status }) => !['NotStarted', 'Running'].includes(status));
}

/** The run at this URL once it is as it should be. */
export function followed<Run extends AnyRun>(url: string, isThere: (run: Run) => boolean): Promise<Run> {
  let run: Run | undefined;
  const look = async () => {
    const shown = (await (await fetch(url)).json()) as Run;
    run = shown;
    return isThere(shown) && shown;
  };
  return patiently(patienceSeconds, look).catch((cause) => {
    throw new Error(`${cause}; the run was last seen as ${JSON.stringify(run)}`, { cause });
  });
}
