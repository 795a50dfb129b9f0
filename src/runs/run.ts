/** Azure's own words for the state of a long-running operation. */
export type RunStatus = 'NotStarted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled';

/** Why a run that is not over waits for its launch. */
export type WaitReason = 'GroupBusy' | 'Throttled' | 'QuotaReached' | 'CapacityUnavailable' | 'ImagePull';

/** Why a run has its status. */
export type RunReason =
  | WaitReason
  | 'Queued'
  | 'Launching'
  | 'Running'
  | 'Completed'
  | 'NonZeroExit'
  | 'OutOfMemory'
  | 'LaunchRejected'
  | 'TimedOut'
  | 'NeverStarted'
  | 'CanceledByCaller'
  | 'Superseded'
  | 'GroupChanged'
  | 'GroupDeleted';

/** `recreate` writes the group itself; `clone` runs copies beside it. */
export type RunMode = 'recreate' | 'clone';

/** One container of a run. */
export type RunContainer = {
  name: string;
  /** ACI's Waiting, Running or Terminated; Waiting also before ACI says anything. */
  state: string;
  exitCode?: number;
  restartCount: number;
  detailStatus?: string;
};

/** A variable that a run sets; the value of a secure one is never shown. */
export type RunVariable = { container: string; name: string; value?: string; secure?: true };

export type RunError = { code: string; message: string };

/** Where a run, or a part of it, stands. Times are RFC 3339, UTC. */
export type RunState = {
  status: RunStatus;
  reason: RunReason;
  error?: RunError;
  /** Launches so far; 0 before the first. */
  attempt: number;
  startedAt?: string;
  finishedAt?: string;
  containers: RunContainer[];
};

/** One copy of a run in mode clone. */
export type RunTask = RunState & { index: number; containerGroup: string };

/** What asked for a run, and who. */
export type StartedBy = {
  /** The route of this app, such as `POST jobs/nightly/runs`, or `schedule`. */
  via: string;
  /** Who that was, by Entra ID; only known behind Easy Auth. */
  principal?: { objectId?: string; tenantId?: string; appId?: string; name?: string };
};

/** One execution of a container group with its own overrides. */
export type Run = RunState & {
  id: string;
  /** The group's ARM resource id. */
  containerGroup: string;
  job?: string;
  mode: RunMode;
  createdAt: string;
  /** When the run is stopped at the latest; not known before its first launch. */
  timeoutAt?: string;
  /** In mode clone alone; `containers` is empty then. */
  tasks?: RunTask[];
  env: RunVariable[];
  warnings: string[];
  startedBy: StartedBy;
};

/** Whether nothing more will happen to a run. */
export function isOver({ status }: Pick<Run, 'status'>): boolean {
  return status !== 'NotStarted' && status !== 'Running';
}
