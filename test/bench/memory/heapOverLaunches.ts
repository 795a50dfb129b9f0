import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startHttpHost } from '../rig/httpHost.ts';
import { appDirectory, launchAt } from '../rig/launchers.ts';

// Serves the app, launches so many groups, and tells at regular points what is left on the heap.
process.on('disconnect', () => process.exit(0));
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const [launches = 0, points = 1] = process.argv.slice(2).map(Number);
const callers = 16;
const url = await startHttpHost(appDirectory);
const samples: { x: number; y: number }[] = [];
let sent = 0;

for (let point = 1; point <= points; point += 1) {
  const until = (launches * point) / points;
  await Promise.all(Array.from({ length: callers }, () => launchUntil(until)));
  collectGarbage();
  samples.push({ x: sent, y: process.memoryUsage().heapUsed });
  console.log(`${sent} launches`);
}
process.send?.({ ready: samples });

async function launchUntil(count: number): Promise<void> {
  while (sent < count) {
    sent += 1;
    await launchAt(url, {
      subscriptionId: '00000000-0000-0000-0000-000000000000',
      resourceGroup: 'jobs',
      name: `g-${sent}`,
    });
  }
}
