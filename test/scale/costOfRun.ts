import { createBench } from '../runs/bench.ts';
import { running } from '../runs/markedGroup.ts';

/** What one run asks of Azure, from its request to the end of its last duty. */
export type RunCost = {
  armReads: number;
  armWrites: number;
  tableReads: number;
  tableTransactions: number;
  /** Messages that were sent; each is received and deleted, too. */
  messages: number;
};

const starting = 20;
const afterwards = 3_600;

/** Takes one run through all of the product's own code, and counts. @param seconds how long its container runs. */
export async function costOfRun(seconds: number): Promise<RunCost> {
  const bench = createBench();
  const counts = { get: 0, list: 0, commit: 0, delete: 0, send: 0 };
  counting(bench.rows, ['get', 'list', 'commit', 'delete'], counts);
  counting(bench.watchQueue, ['send'], counts);
  await bench.submit({ timeoutSeconds: 2 * seconds });
  await bench.pass(starting);
  const started = new Date(bench.clock.now).toISOString();
  bench.show(() => running(started));
  await bench.pass(seconds);
  bench.finish();
  await bench.pass(afterwards);
  const { calls } = bench.containerGroups;
  const armWrites = calls.filter((call) => call.startsWith('createOrUpdate ')).length;
  return {
    armReads: calls.length - armWrites,
    armWrites,
    tableReads: counts.get + counts.list,
    tableTransactions: counts.commit + counts.delete,
    messages: counts.send,
  };
}

function counting<Name extends string>(
  target: Record<Name, (...given: never[]) => unknown>,
  names: readonly Name[],
  counts: Record<Name, number>,
): void {
  for (const name of names) {
    const original = target[name];
    target[name] = (...given) => {
      counts[name] += 1;
      return original.apply(target, given);
    };
  }
}
