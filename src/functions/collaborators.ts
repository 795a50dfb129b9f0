import type { ContainerGroups } from '../aci/containerGroups.ts';
import type { Config } from '../config.ts';

/** What the functions work with; the composition root brings it. */
export type Collaborators = {
  config: Config;
  containerGroups: ContainerGroups;
  /** The current time in milliseconds since 1970. */
  now: () => number;
  /** An id for a run asked for at this time. */
  newRunId: (now: number) => string;
};
