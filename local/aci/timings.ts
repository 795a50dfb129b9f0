/** How long each step of the emulated service takes, in milliseconds of the emulator's clock. */
export type Timings = {
  /** From the PUT until the first image is pulled; an update still shows the old containers' state until then. */
  pendingMs: number;
  pullMs: number;
  /** From the images being there until the first container starts. */
  createMs: number;
  /** From the first container's start until provisioning is over. */
  settleMs: number;
  /** Before a container's first restart; doubles with each one after it. */
  backOffMs: number;
  backOffLimitMs: number;
  /** Between SIGTERM and SIGKILL. */
  graceMs: number;
  /** How long a DELETE takes to answer; the real one takes about 4 s. */
  deleteMs: number;
  /** How long a container without a command runs. */
  scriptedRunMs: number;
  /** Between two looks at what the containers' processes use. */
  measureMs: number;
};

export const defaultTimings: Timings = {
  pendingMs: 300,
  pullMs: 600,
  createMs: 300,
  settleMs: 300,
  backOffMs: 1_000,
  backOffLimitMs: 30_000,
  graceMs: 2_000,
  deleteMs: 300,
  scriptedRunMs: 300,
  measureMs: 15_000,
};
