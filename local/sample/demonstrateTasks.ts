import { setTimeout as pause } from 'node:timers/promises';
import { callArm } from '../armRest.ts';
import type { Stack } from '../stack.ts';
import { sampleId } from './containerGroup.ts';
import { differences } from './differences.ts';
import { followed, isOver, postRun, type Run } from './follow.ts';

const tasks = 5;
const parallelism = 2;

/** How long the copies may take to go once the run is over, in milliseconds. */
const goneWithinMs = 15_000;

/**
 * One run of several tasks, some at a time, each in a copy of the group: their progress, exit codes and logs, and that the copies go and
 * the group stays as it is.
 * @param name whom the containers greet. @param seconds how much time has gone by, in words.
 * @returns whether everything went as it should.
 */
export async function demonstrateTasks(
  { emulator, hostUrl }: Stack,
  name: string,
  seconds: () => string,
): Promise<boolean> {
  console.log(
    `\nNow ${tasks} tasks, ${parallelism} at a time, each in a copy of the group that goes when it is done:`,
  );
  const before = await callArm(emulator, 'GET', sampleId);
  const answer = await postRun(hostUrl, {
    env: { NAME: name },
    mode: 'clone',
    tasks,
    parallelism,
    ttlSeconds: 0,
  });
  console.log(`${answer.status} ${answer.statusText}`);
  if (answer.status !== 202) {
    console.log(await answer.text());
    return false;
  }
  let mostAtOnce = 0;
  const run = await followed(
    answer,
    (each) => {
      const { done, underWay } = progressOf(each);
      mostAtOnce = Math.max(mostAtOnce, underWay);
      const more = isOver(each) ? `: ${each.status}` : underWay > 0 ? `, ${underWay} running` : '';
      return `${done} of ${tasks} done${more}`;
    },
    seconds,
  );
  console.log('');
  const results = await Promise.all((run.tasks ?? []).map((task) => resultOf(run, task)));
  for (const { index, exitCode, line } of results) {
    console.log(`  task ${index}: exit code ${exitCode}  | ${line}`);
  }

  const areGone = await copiesGone(emulator);
  const { changed, same } = differences(before, await callArm(emulator, 'GET', sampleId));
  console.log(
    areGone
      ? `\nThe ${tasks} copies are deleted. Of the group itself ${changed.length} of ${changed.length + same} values changed.`
      : `\nThe copies are still there ${goneWithinMs / 1000} s after the run.`,
  );
  return (
    run.status === 'Succeeded' &&
    results.length === tasks &&
    results.every(
      ({ index, exitCode, line }) => exitCode === 0 && line.includes(`task ${index} of ${tasks}`),
    ) &&
    mostAtOnce <= parallelism &&
    areGone &&
    changed.length === 0
  );
}

function progressOf({ tasks = [] }: Run): { done: number; underWay: number } {
  const done = tasks.filter(isOver).length;
  return { done, underWay: tasks.filter((task) => task.attempt > 0 && !isOver(task)).length };
}

/** How a task ended, and the line by which it tells which one it is. */
async function resultOf(
  { links }: Run,
  { index, containers }: { index: number; containers: { exitCode?: number }[] },
): Promise<{ index: number; exitCode: number | undefined; line: string }> {
  const logs = await (await fetch(`${links.logs}?task=${index}`)).text();
  const line = logs.split('\n').find((each) => each.includes('This is task')) ?? logs.trim();
  return { index, exitCode: containers[0]?.exitCode, line };
}

/** Whether the sample group is alone again in its resource group, soon enough. */
async function copiesGone(emulator: Stack['emulator']): Promise<boolean> {
  const deadline = performance.now() + goneWithinMs;
  const list = sampleId.slice(0, sampleId.lastIndexOf('/'));
  for (;;) {
    const { value } = (await callArm(emulator, 'GET', list)) as { value: unknown[] };
    if (value.length <= 1 || performance.now() > deadline) {
      return value.length <= 1;
    }
    await pause(200);
  }
}
