import { createBoundedMap } from './boundedMap.ts';
import { createMeter } from './metrics/meter.ts';
import { readProcessGroups } from './metrics/processGroups.ts';
import { createOperations } from './operations.ts';
import type { Cloud, CloudRules, CloudState } from './routes/cloud.ts';
import { createStore } from './store.ts';
import { createThrottle } from './throttle/throttle.ts';

/** An empty cloud with these rules. */
export function createCloud(rules: CloudRules): Cloud {
  return { ...rules, ...emptyState(rules) };
}

/** Forgets all that came of requests, and ends every process. */
export async function resetCloud(cloud: Cloud): Promise<void> {
  const { lives } = cloud;
  Object.assign(cloud, emptyState(cloud));
  await killAll(lives);
}

/** Ends every process at once, and waits until all have ended. */
export async function killAll(lives: CloudState['lives']): Promise<void> {
  await Promise.all([...lives].map((life) => life.end('kill')));
}

function emptyState({ limits, clock, subscriptions }: CloudRules): CloudState {
  const store = createStore();
  for (const subscriptionId of subscriptions) {
    store.ensureSubscription(subscriptionId);
  }
  return {
    store,
    operations: createOperations(),
    throttle: createThrottle(limits, clock.now),
    lives: new Set(),
    meter: createMeter(store.groups, readProcessGroups, clock.now),
    previousAnswers: createBoundedMap(1_000),
  };
}
