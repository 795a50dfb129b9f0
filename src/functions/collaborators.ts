import type { HttpRequest } from '@azure/functions';
import type { ContainerGroups } from '../aci/containerGroups.ts';
import type { Config } from '../config.ts';
import type { Tell } from '../runs/events/runEvent.ts';
import type { Requests } from '../runs/request/submitRun.ts';
import type { Tickets } from '../runs/tickets.ts';
import type { ConsoleFile } from './consoleFiles.ts';

/** What the functions work with; the composition root brings it. */
export type Collaborators = {
  config: Config;
  /**
   * What runs are asked for with, and brought to their end. It uses container groups as the app's own identity may: a run
   * outlives its caller's token.
   */
  requests: Requests;
  tell: Tell;
  /** Undefined without LAUNCHER_SECRET: there is nothing to sign them with. */
  tickets: Tickets | undefined;
  /**
   * Container groups as this request may use them: with the caller's own token where ARM_CREDENTIAL says so.
   * @throws CallerTokenRequired when it says so and the request brings none.
   */
  containerGroupsFor: (request: HttpRequest) => ContainerGroups;
  /** Reads something of the storage account, and rejects as its own errors do. */
  checkStorage: () => Promise<unknown>;
  /** The files of the console, by name. */
  consoleFiles: () => Promise<ReadonlyMap<string, ConsoleFile>>;
  /** The current time in milliseconds since 1970, by this machine's clock. */
  now: () => number;
  wait: (milliseconds: number) => Promise<void>;
};
