import type { RunStore } from '../store/runStore.ts';
import type { Tell } from './runEvent.ts';
import { runEvents } from './runEvents.ts';

/**
 * A run store that tells of every change of a run once it is stored. A process that is killed right after that tells nothing: who has to
 * know of every end gets a callback.
 */
export function tellingRunStore(store: RunStore, tell: Tell): RunStore {
  return {
    ...store,
    async commit(group, commit) {
      const isCommitted = await store.commit(group, commit);
      if (isCommitted) {
        for (const { was, value } of [commit.run, ...(commit.others ?? [])]) {
          runEvents(was?.value, value).forEach(tell);
        }
      }
      return isCommitted;
    },
  };
}
