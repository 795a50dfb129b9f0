import type { ContainerGroups } from '../../aci/containerGroups.ts';
import type { Secret } from '../../aci/plan/secrets.ts';
import type { CallbackMessage, MessageQueue, WatchMessage } from '../queue/messages.ts';
import type { Sealer } from '../sealing/sealer.ts';
import type { RunStore } from '../store/runStore.ts';

/** What runs are brought to their end with. */
export type Reconciler = {
  store: RunStore;
  containerGroups: ContainerGroups;
  watchQueue: MessageQueue<WatchMessage>;
  callbackQueue: MessageQueue<CallbackMessage>;
  /** Milliseconds since 1970, the same on every instance as far as can be. */
  now: () => number;
  /** Random text, another one at each call. */
  newToken: () => string;
  /** The secrets of a job by its name; undefined when there is no such job any more. Without a name there are none. */
  secretsOf: (job: string | undefined) => readonly Secret[] | undefined;
  /** Undefined without LAUNCHER_SECRET: nothing secret is stored then. */
  sealer: Sealer | undefined;
  /** Does what is done for the request that this `traceparent` is of, so that calls to ARM are part of its trace. */
  inTrace: <Value>(traceparent: string | undefined, work: () => Promise<Value>) => Promise<Value>;
  /** Gets what went wrong with a step whose next look was queued already. */
  report: (error: unknown) => void;
  /** How long runs are kept, in milliseconds. */
  retention: number;
};
