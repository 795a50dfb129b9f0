import { readFile } from 'node:fs/promises';
import type { Emulator } from '../../local/aci/emulator.ts';
import { createGroup } from './groups.ts';

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
const keepDiary = [
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

/** Creates a group whose container keeps a diary in that file; a launch may say otherwise by its variables. */
export async function createMill(emulator: Emulator, diaryFile: string, group: string): Promise<void> {
  const variables = { DIARY: diaryFile, LASTS: '30', EXIT: '0', GROUP: group, MY_NAME: 'nobody' };
  const environmentVariables = Object.entries(variables).map(([name, value]) => ({ name, value }));
  await createGroup(emulator, group, { command: keepDiary, environmentVariables });
}
