import type { Clock } from '../../clock.ts';
import type { BoundedMap } from '../boundedMap.ts';
import type { Answer } from '../http/answer.ts';
import type { GroupLife } from '../life/groupLife.ts';
import type { Limits } from '../limits.ts';
import type { Meter } from '../metrics/meter.ts';
import type { Operations } from '../operations.ts';
import type { SchemaNode } from '../schema/propertySchema.ts';
import type { Store } from '../store.ts';
import type { Throttle } from '../throttle/throttle.ts';
import type { Timings } from '../timings.ts';

/** What an emulator was started with. */
export type CloudRules = {
  schema: SchemaNode;
  clock: Clock;
  timings: Timings;
  limits: Limits;
  /** Whether subscriptions and resource groups must be created before they are used. */
  strict: boolean;
  rejectUnknownMembers: boolean;
  /** Ids of subscriptions that exist from the start. */
  subscriptions: readonly string[];
  /** How many resources one answer lists; undefined for all of them. */
  pageSize: number | undefined;
};

/** What has come of the requests so far; a reset begins it anew. */
export type CloudState = {
  store: Store;
  operations: Operations;
  throttle: Throttle;
  /** Every life that may still have processes, so that they can be ended with the emulator. */
  lives: Set<GroupLife>;
  /** What containers use. */
  meter: Meter;
  /** What GET answered of a group before the last write to it, for the fault `stale`. */
  previousAnswers: BoundedMap<string, Answer>;
};

/** What the routes share: the emulated cloud and the rules it was started with. */
export type Cloud = CloudRules & CloudState;
