import type { StoredGroup } from '../store.ts';
import type { Cloud } from './cloud.ts';

/** Ends a container group and forgets it; a second call waits for the same end. */
export function removeContainerGroup(cloud: Cloud, stored: StoredGroup): Promise<void> {
  stored.deletion ??= remove(cloud, stored);
  return stored.deletion;
}

async function remove({ store, clock, timings, lives }: Cloud, stored: StoredGroup): Promise<void> {
  const waited = new Promise<void>((resolve) => {
    clock.after(timings.deleteMs, resolve);
  });
  await Promise.all([waited, stored.life.end('stop')]);
  lives.delete(stored.life);
  store.remove(stored);
}
