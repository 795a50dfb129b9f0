import { randomUUID } from 'node:crypto';
import type { Random } from '../runs/simulation/random.ts';

/** Groups that runs take turns with, and groups that runs make copies of. */
export const sharedGroups = ['mill-0', 'mill-1', 'mill-2', 'mill-3'];
export const templates = ['template-0', 'template-1'];

/** A run to ask for, and what is to become of it. */
export type AskedRun = {
  group: string;
  idempotencyKey: string;
  body: Record<string, unknown>;
  /** What its containers must see of the variables whose names begin with `MY_`. */
  variables: Record<string, string>;
  /** The RUN_TASK_INDEX of each of its containers. */
  tasks: (string | undefined)[];
  /** How often each of them is launched. */
  launches: number;
  status: 'Succeeded' | 'Failed';
};

/** Runs of every kind, for groups whose containers keep a diary, and have the variables MY_NAME=nobody and EXIT=0. */
export function askedRuns(count: number, random: Random): AskedRun[] {
  return Array.from({ length: count }, (_, index) => {
    const isClone = index % 5 === 4;
    const fails = index % 7 === 3;
    const maxRetries = index % 2;
    const own = { [`MY_OWN_${index}`]: `${index}` };
    const name = index % 3 === 0 ? undefined : `caller ${index}`;
    const secret = index % 4 === 1 ? { MY_SECRET: `secret ${index}` } : undefined;
    return {
      group: random.pick(isClone ? templates : sharedGroups),
      idempotencyKey: randomUUID(),
      body: {
        env: { ...own, ...(name && { MY_NAME: name }), ...(fails && { EXIT: '1' }) },
        ...(secret && { secureEnv: secret }),
        maxRetries,
        ...(isClone ? { mode: 'clone', tasks: 2, ttlSeconds: 0 } : { ifRunning: 'queue' }),
      },
      variables: { ...own, ...secret, MY_NAME: name ?? 'nobody' },
      tasks: isClone ? ['0', '1'] : [undefined],
      launches: fails ? 1 + maxRetries : 1,
      status: fails ? 'Failed' : 'Succeeded',
    };
  });
}
