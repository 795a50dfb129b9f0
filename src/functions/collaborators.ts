import type { HttpRequest } from '@azure/functions';
import type { ContainerGroups } from '../aci/containerGroups.ts';
import type { Config } from '../config.ts';

/** What the functions work with; the composition root brings it. */
export type Collaborators = {
  config: Config;
  /** Container groups as the app's own identity may use them: for launches, which outlive their caller's token. */
  containerGroups: ContainerGroups;
  /**
   * Container groups as this request may use them: with the caller's own token where ARM_CREDENTIAL says so.
   * @throws CallerTokenRequired when it says so and the request brings none.
   */
  containerGroupsFor: (request: HttpRequest) => ContainerGroups;
  /** The current time in milliseconds since 1970. */
  now: () => number;
  wait: (milliseconds: number) => Promise<void>;
  /** An id for a run that is launched now, by Azure's clock. */
  newRunId: () => string;
};
