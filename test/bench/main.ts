import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endOnSignal } from '../../local/endOnSignal.ts';
import { readOptions } from '../../local/options.ts';
import { isMet } from './goal.ts';
import type { Reading } from './measurement.ts';
import { measurements } from './measurements.ts';
import { machine } from './report/machine.ts';
import { pictureOf } from './report/picture.ts';
import { tableOf } from './report/table.ts';

const names = measurements.map(({ name }) => name);
const usage = `Measures how fast this app is, against what it could be at best, and against the obvious way.

  npm run bench -- [--only NAME,NAME]

  --only   these alone, of ${names.join(', ')}; the files in docs/bench stay as they are`;

const { values } = readOptions(usage, { only: { type: 'string' } });
const only = values.only?.split(',') ?? names;
const unknown = only.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no measurement '${unknown.join("', '")}'.\n\n${usage}`);
  process.exit(2);
}

let scope = new AsyncDisposableStack();
const ending = endOnSignal(() => scope.disposeAsync());
const began = performance.now();
const seconds = () => `${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s`;
const readings: Reading[] = [];
let isComplete = true;

for (const { name, measure } of measurements.filter(({ name }) => only.includes(name))) {
  if (ending.aborted) {
    break;
  }
  const say = (progress: string) => console.error(`${seconds()}  ${name}: ${progress}`);
  say('starting');
  scope = new AsyncDisposableStack();
  try {
    readings.push(...(await measure({ scope, isSmoke: false, say })));
  } catch (error) {
    isComplete = false;
    if (!ending.aborted) {
      console.error(`${name} could not be measured:`, error);
    }
  } finally {
    await scope.disposeAsync();
  }
}

if (!ending.aborted) {
  console.log(`\n${tableOf(readings)}\n\n${machine()}, ${seconds().trim()}`);
  if (isComplete && values.only === undefined) {
    await keep();
  }
  process.exit(isComplete && readings.every(({ goal, value }) => isMet(goal, value)) ? 0 : 1);
}

/** Leaves the readings where docs/bench/README.md tells of them. */
async function keep(): Promise<void> {
  const folder = join(import.meta.dirname, '../../docs/bench');
  const measuredAt = new Date().toISOString();
  const report = { measuredAt, machine: machine(), readings };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  const subtitle = `npm run bench, ${measuredAt.slice(0, 10)}, ${machine()}`;
  await writeFile(join(folder, 'results.svg'), pictureOf(readings, subtitle));
  console.log('Written to docs/bench: results.json, results.svg');
}
