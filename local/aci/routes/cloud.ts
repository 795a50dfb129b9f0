import type { Clock } from '../../clock.ts';
import type { GroupLife } from '../life/groupLife.ts';
import type { Operations } from '../operations.ts';
import type { SchemaNode } from '../schema/propertySchema.ts';
import type { Store } from '../store.ts';
import type { Timings } from '../timings.ts';

/** What the routes share: the emulated cloud and the rules it was started with. */
export type Cloud = {
  store: Store;
  operations: Operations;
  schema: SchemaNode;
  clock: Clock;
  timings: Timings;
  /** Every life that may still have processes, so that they can be ended with the emulator. */
  lives: Set<GroupLife>;
  /** Whether subscriptions and resource groups must be created before they are used. */
  strict: boolean;
  rejectUnknownMembers: boolean;
};
