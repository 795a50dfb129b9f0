import { isDeepStrictEqual } from 'node:util';
import { callArm } from '../armRest.ts';
import type { Stack } from '../stack.ts';
import { sampleId } from './containerGroup.ts';
import { type Difference, differences } from './differences.ts';
import { followed, postRun } from './follow.ts';

/** What a launch of this demo is to change, and nothing else. */
const expected = ['NAME', 'RUN_ID', 'RUN_ATTEMPT'].map(
  (name) => `properties.containers['main'].properties.environmentVariables['${name}'].value`,
);

/**
 * One run with the caller's own variable: its progress, its logs, its exit code, and the group before and after.
 * @param name whom the container greets. @param seconds how much time has gone by, in words.
 * @returns whether everything went as it should.
 */
export async function demonstrateRun(
  { emulator, hostUrl }: Stack,
  name: string,
  seconds: () => string,
): Promise<boolean> {
  const before = await callArm(emulator, 'GET', sampleId);
  console.log(`The container group ${sampleId}\nbefore the run, as ARM answers it:`);
  printVariables(before);
  const callsBefore = emulator.requests.length;

  const asked = performance.now();
  const answer = await postRun(hostUrl, { env: { NAME: name } });
  const took = Math.round(performance.now() - asked);
  const calls = emulator.requests.slice(callsBefore).map(({ method }) => method);
  console.log(
    `${answer.status} ${answer.statusText} after ${took} ms and ${calls.length} ARM calls (${calls.join(', ')})`,
  );
  if (answer.status !== 202) {
    console.log(await answer.text());
    return false;
  }

  const run = await followed(answer, ({ status, reason }) => `${status.padEnd(10)} ${reason}`, seconds);
  const exitCode = run.containers[0]?.exitCode;
  console.log(`  exit code ${exitCode}`);
  const logs = await (await fetch(run.links.logs)).text();
  console.log(`\nWhat the container printed:\n${indented(logs)}`);

  const after = await callArm(emulator, 'GET', sampleId);
  console.log('\nThe container group after the run:');
  printVariables(after);
  const { changed, same } = differences(before, after);
  console.log('\nWhat the run changed in the group, until the next run takes it back:');
  console.log(changed.map(describeDifference).join('\n'));
  console.log(
    `Everything else, ${same} values, is as it was. The secure variable and the registry's password, which ARM never`,
  );
  console.log('returns, were put back from the settings of the job.');
  return (
    run.status === 'Succeeded' &&
    logs.includes(`, ${name}!`) &&
    isDeepStrictEqual(changed.map(({ path }) => path).sort(), expected.toSorted())
  );
}

function printVariables(group: unknown): void {
  const { containers } = (
    group as { properties: { containers: { properties: { environmentVariables: [] } }[] } }
  ).properties;
  for (const variable of containers[0]?.properties.environmentVariables ?? []) {
    console.log(`  ${JSON.stringify(variable)}`);
  }
}

function describeDifference({ path, before, after }: Difference): string {
  return `  ${path}: ${before === undefined ? '(none)' : JSON.stringify(before)} → ${JSON.stringify(after)}`;
}

function indented(text: string): string {
  return text.trimEnd().replace(/^/gm, '  | ');
}
