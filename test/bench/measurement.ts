import type { Goal } from './goal.ts';

/** One row of the table. */
export type Reading = {
  what: string;
  value: number;
  /** Written right behind the value: ` calls`, `×`. */
  unit: string;
  goal: Goal;
  /** What the value was made of, and how often that was measured. */
  how: string;
};

export type Bench = {
  /** Ends what the measurement has started. */
  scope: AsyncDisposableStack;
  /** Whether it is only to be seen that the measurement works: as little as possible of everything. */
  isSmoke: boolean;
  /** Tells whoever waits how far it has come. */
  say: (progress: string) => void;
};

/** Something that is measured at once, and the rows that come of it. */
export type Measurement = {
  /** For `--only`. */
  name: string;
  measure: (bench: Bench) => Promise<Reading[]>;
};
