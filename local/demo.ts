import { isDeepStrictEqual } from 'node:util';
import { callArm } from './armRest.ts';
import { endOnSignal } from './endOnSignal.ts';
import { readOptions } from './options.ts';
import { sampleId } from './sample/containerGroup.ts';
import { type Difference, differences } from './sample/differences.ts';
import { type Stack, startStack } from './stack.ts';

type Run = {
  id: string;
  status: string;
  reason: string;
  containers: { exitCode?: number }[];
  links: { logs: string };
};

/** What a launch of this demo is to change, and nothing else. */
const expected = ['NAME', 'RUN_ID', 'RUN_ATTEMPT'].map(
  (name) => `properties.containers['main'].properties.environmentVariables['${name}'].value`,
);
const pollMs = 300;

const usage = `Does the main job from start to end: POST JSON, and a container group runs with it.

  npm run demo -- [NAME]

  NAME   whom the container greets (default Ada)`;

const { positionals } = readOptions(usage, {}, 1);
const name = positionals[0] ?? 'Ada';
const began = performance.now();
console.log('aci-job-launcher: the main job from start to end. All of it runs on this machine.\n');
const starting = startStack({ port: 0 });
const ending = endOnSignal(() => starting.then((stack) => stack.close()));
console.log('Starting Azurite, the ACI emulator and the Functions host …');
try {
  const stack = await starting;
  console.log(`Ready after ${seconds()}.\n`);
  try {
    process.exitCode = (await demonstrate(stack)) ? 0 : 1;
  } finally {
    await stack.close();
  }
  console.log('\nEverything is stopped. Next: `npm start`, and your own calls.');
} catch (error) {
  if (!ending.aborted) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/** @returns whether everything went as it should. */
async function demonstrate({ emulator, hostUrl }: Stack): Promise<boolean> {
  const before = await callArm(emulator, 'GET', sampleId);
  console.log(`The container group ${sampleId}\nbefore the run, as ARM answers it:`);
  printVariables(before);
  const callsBefore = emulator.requests.length;

  const body = { env: { NAME: name } };
  console.log(`\nPOST ${hostUrl}/api/jobs/hello/runs\n  ${JSON.stringify(body)}`);
  const asked = performance.now();
  const answer = await fetch(`${hostUrl}/api/jobs/hello/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const took = Math.round(performance.now() - asked);
  const calls = emulator.requests.slice(callsBefore).map(({ method }) => method);
  console.log(
    `${answer.status} ${answer.statusText} after ${took} ms and ${calls.length} ARM calls (${calls.join(', ')})`,
  );
  if (answer.status !== 202) {
    console.log(await answer.text());
    return false;
  }

  const run = await followed(
    ((await answer.json()) as Run).id,
    answer.headers.get('operation-location') ?? '',
  );
  const exitCode = run.containers[0]?.exitCode;
  console.log(`  exit code ${exitCode}`);
  const logs = await (await fetch(run.links.logs)).text();
  console.log(`\nWhat the container printed:\n${indented(logs)}`);

  const after = await callArm(emulator, 'GET', sampleId);
  console.log('\nThe container group after the run:');
  printVariables(after);
  const { changed, same } = differences(before, after);
  console.log('\nWhat the run changed in the group:');
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

/** Asks for the run until it is over; each change of its status is a line. */
async function followed(runId: string, operation: string): Promise<Run> {
  console.log(`\nRun ${runId}`);
  let shown = '';
  for (;;) {
    const run = (await (await fetch(operation)).json()) as Run;
    const line = `${run.status.padEnd(10)} ${run.reason}`;
    if (line !== shown) {
      shown = line;
      console.log(`  ${seconds().padStart(6)}  ${line}`);
    }
    if (!['NotStarted', 'Running'].includes(run.status)) {
      return run;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
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

function seconds(): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
