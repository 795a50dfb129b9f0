/** The emulators' only source of time, so that a test can turn it by hand. */
export type Clock = {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Runs `task` after `milliseconds`; the answer calls it off. */
  after(milliseconds: number, task: () => void): () => void;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};
