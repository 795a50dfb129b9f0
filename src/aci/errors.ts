import { withoutSecrets } from './withoutSecrets.ts';

/** One thing wrong with what a caller or an operator wrote. */
export type Fault = {
  /** A word of Azure's kind, such as `UnknownMember`. */
  code: string;
  /** Where: an RFC 6901 JSON Pointer into what was sent, or the name of a setting, parameter or header. */
  target: string;
  message: string;
};

/** The root of every error that this product raises on purpose. Its message may be shown to the caller. */
export abstract class LauncherError extends Error {
  abstract readonly code: string;
}

/** The request says something that cannot be done; nothing was touched. */
export class InvalidRequest extends LauncherError {
  readonly code = 'InvalidRequest';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(
      faults.length === 1
        ? (faults[0]?.message ?? '')
        : `The request has ${faults.length} faults; details names each.`,
    );
    this.name = 'InvalidRequest';
    this.faults = faults;
  }
}

/** Something that the caller named is not there. */
export class NotFound extends LauncherError {
  readonly code: string;

  constructor(
    code:
      | 'JobNotFound'
      | 'HookNotFound'
      | 'RunNotFound'
      | 'TaskNotFound'
      | 'ContainerNotFound'
      | 'LogsNotFound'
      | 'ResultNotFound'
      | 'ConsoleFileNotFound',
    message: string,
  ) {
    super(message);
    this.name = 'NotFound';
    this.code = code;
  }
}

/** The app's settings keep it away from this container group. */
export class ScopeNotAllowed extends LauncherError {
  readonly code = 'ScopeNotAllowed';

  constructor(resourceId: string) {
    super(`'${resourceId}' is outside ALLOWED_SCOPES, the scopes that this app may touch.`);
    this.name = 'ScopeNotAllowed';
  }
}

/** The group holds values that ARM never returns and nobody supplied: writing it back would lose them. */
export class SecretsRequired extends LauncherError {
  readonly code = 'SecretsRequired';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(
      `The container group holds ${faults.length === 1 ? 'a value' : `${faults.length} values`} that Azure never returns, ` +
        'so recreating it without them would lose them: details names each. Supply them in the secrets of a job, or keep ' +
        "them in Key Vault by the group's own secretReferences, which survive. Nothing was changed.",
    );
    this.name = 'SecretsRequired';
    this.faults = faults;
  }
}

/** The request changes what Azure Container Instances cannot update in place. */
export class NeedsClone extends LauncherError {
  readonly code = 'NeedsClone';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(
      'Azure Container Instances cannot change resources of an existing group, and a launch never deletes a group. ' +
        'Send "mode": "clone" to run a copy with these resources. Nothing was changed.',
    );
    this.name = 'NeedsClone';
    this.faults = faults;
  }
}

/** A copy of the group could not do what the group does. */
export class CannotClone extends LauncherError {
  readonly code = 'CannotClone';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(
      'A copy of the container group would have a system-assigned identity of its own, a new one that no role was ever given ' +
        'to. Use a user-assigned identity, which its copies share. Nothing was changed.',
    );
    this.name = 'CannotClone';
    this.faults = faults;
  }
}

/** A group of this name is there already, and creating must not replace it: ARM itself has no condition for that. */
export class AlreadyExists extends LauncherError {
  readonly code = 'ContainerGroupAlreadyExists';

  constructor(resourceId: string) {
    super(`'${resourceId}' exists already, and was left as it is. Use another name, or PUT to replace it.`);
    this.name = 'AlreadyExists';
  }
}

/** A run still holds the group. */
export class RunInProgress extends LauncherError {
  readonly code = 'RunInProgress';
  readonly runId: string;

  constructor(runId: string) {
    super(
      `Run '${runId}' still holds this container group. Wait for it to end, or launch with "ifRunning": "queue" to have the new ` +
        'run wait, or "replace" to end this one; anything else goes ahead with ?force=true.',
    );
    this.name = 'RunInProgress';
    this.runId = runId;
  }
}

/** What ARM, or the way to it, answered instead of success. */
export class ArmError extends LauncherError {
  readonly code: string;
  /** ARM's own HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** Seconds that ARM asks to wait before the next try. */
  readonly retryAfterSeconds: number | undefined;
  /** ARM's own `details`, when it gave any. */
  readonly faults: readonly Fault[];
  /** Whether the call may have had its effect all the same. */
  readonly outcomeUnknown: boolean;
  /** Whose token the call was made with. */
  readonly token: 'app' | 'caller';

  constructor(given: {
    code: string;
    message: string;
    status?: number | undefined;
    retryAfterSeconds?: number | undefined;
    faults?: readonly Fault[];
    outcomeUnknown?: boolean;
    token?: 'app' | 'caller';
    cause?: unknown;
  }) {
    super(given.message, { cause: given.cause });
    this.name = 'ArmError';
    this.code = given.code;
    this.status = given.status;
    this.retryAfterSeconds = given.retryAfterSeconds;
    this.faults = given.faults ?? [];
    this.outcomeUnknown = given.outcomeUnknown ?? false;
    this.token = given.token ?? 'app';
  }

  /** The same error without these values: ARM may quote what it was sent. The cause is let go, for it may quote them, too. */
  masking(secrets: readonly string[]): ArmError {
    const mask = (text: string) => withoutSecrets(text, secrets);
    return new ArmError({
      ...this,
      code: mask(this.code) === this.code ? this.code : `Arm${this.status ?? ''}`,
      message: mask(this.message),
      faults: this.faults.map((fault) => ({
        ...fault,
        message: mask(fault.message),
        target: mask(fault.target),
      })),
      cause: undefined,
    });
  }
}
