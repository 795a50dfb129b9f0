import { readFile } from 'node:fs/promises';

/** What a container itself says of a launch: with what mark it began or ended, and which variables it was given. */
export type Entry = {
  what: 'began' | 'ended';
  /** Milliseconds since 1970. */
  at: number;
  group: string;
  runId: string;
  attempt: number;
  task: string | undefined;
  variables: Record<string, string>;
};

/**
 * The command of a container that keeps a diary: a line when it begins and one when it ends, in the file that its variable DIARY names.
 * It runs for LASTS milliseconds and exits with EXIT. Variables whose names begin with `MY_` are told.
 */
export const keepDiary = [
  'node',
  '-e',
  `const { DIARY, LASTS, EXIT, GROUP, RUN_ID, RUN_ATTEMPT, RUN_TASK_INDEX } = process.env;
   const variables = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('MY_')));
   const write = (what) => require('node:fs').appendFileSync(DIARY, JSON.stringify({ what, at: Date.now(), group: GROUP,
     runId: RUN_ID, attempt: Number(RUN_ATTEMPT), task: RUN_TASK_INDEX, variables }) + '\\n');
   write('began');
   setTimeout(() => { write('ended'); process.exit(Number(EXIT)); }, Number(LASTS));`,
];

/** All that was written by launches of runs, in the order in which it was. */
export async function readDiary(file: string): Promise<Entry[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): Entry => JSON.parse(line))
    .filter(({ runId }) => runId !== undefined);
}
