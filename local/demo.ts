import { endOnSignal } from './endOnSignal.ts';
import { readOptions } from './options.ts';
import { demonstrateRun } from './sample/demonstrateRun.ts';
import { demonstrateTasks } from './sample/demonstrateTasks.ts';
import { startStack } from './stack.ts';

const usage = `Does the main job from start to end: POST JSON, and a container group runs with it.

  npm run demo -- [NAME]

  NAME   whom the container greets (default Ada)`;

const { positionals } = readOptions(usage, {}, 1);
const name = positionals[0] ?? 'Ada';
const began = performance.now();
console.log(
  'aci-job-launcher: the main job from start to end. All of it runs on this machine, in about half a minute.\n',
);
const starting = startStack({ port: 0 });
const ending = endOnSignal(() => starting.then((stack) => stack.close()));
console.log('Starting Azurite, the ACI emulator and the Functions host …');
try {
  const stack = await starting;
  ending.throwIfAborted();
  console.log(`Ready after ${seconds()}.\n`);
  try {
    const isGood =
      (await demonstrateRun(stack, name, seconds)) && (await demonstrateTasks(stack, name, seconds));
    process.exitCode = isGood ? 0 : 1;
    if (!isGood) {
      console.error('\nThis did not go as it should.');
    }
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

function seconds(): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
