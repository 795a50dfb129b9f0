import { type Fault, LauncherError } from '../aci/errors.ts';

/** The request holds something that may only be stored sealed, and there is nothing to seal it with. */
export class LauncherSecretRequired extends LauncherError {
  readonly code = 'LauncherSecretRequired';

  constructor(member: string) {
    super(
      `A run keeps '${member}' until it is over, which takes the setting LAUNCHER_SECRET to seal it with: at least 32 random characters. Nothing was changed.`,
    );
    this.name = 'LauncherSecretRequired';
  }
}

/** The same idempotency key came with another request. */
export class IdempotencyKeyReused extends LauncherError {
  readonly code = 'IdempotencyKeyReused';

  constructor() {
    super('This Idempotency-Key came with another request before; a new request needs a key of its own.');
    this.name = 'IdempotencyKeyReused';
  }
}

/** More than the tables can hold of one run. */
export class RunTooLarge extends LauncherError {
  readonly code = 'RunTooLarge';

  constructor(why: string) {
    super(`The run is too large: ${why}. Set fewer or shorter variables, or ask for fewer tasks.`);
    this.name = 'RunTooLarge';
  }
}

/** As many runs wait for the group as may. */
export class QueueFull extends LauncherError {
  readonly code = 'RunQueueFull';
  readonly retryAfterSeconds = 60;

  constructor(length: number) {
    super(`${length} runs wait for this container group already. Try again when some of them are over.`);
    this.name = 'QueueFull';
  }
}

/** So many requests for the same group came at once that this one was not stored in time. */
export class RunNotStored extends LauncherError {
  readonly code = 'RunNotStored';
  readonly retryAfterSeconds = 5;

  constructor() {
    super('Too many requests for this container group came at once, and this run was not stored. Try again.');
    this.name = 'RunNotStored';
  }
}

/** Nothing more can be done about a run that is over. */
export class RunIsOver extends LauncherError {
  readonly code = 'RunIsOver';

  constructor(runId: string, status: string) {
    super(`Run '${runId}' is over already: ${status}.`);
    this.name = 'RunIsOver';
  }
}

/** A run is to be done again, and what was sealed of it is erased by now. */
export class SecretsToSendAgain extends LauncherError {
  readonly code = 'SecretsRequired';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(
      'What is secret of a run is kept only until the run is over. Send it again with the rerun; details names each. Nothing was changed.',
    );
    this.name = 'SecretsToSendAgain';
    this.faults = faults;
  }
}
