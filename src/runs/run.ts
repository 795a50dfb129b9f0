/** Azure's own words for the state of a long-running operation. */
export type RunStatus = 'NotStarted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled';

/** Why a run has its status. */
export type RunReason =
  | 'Launching'
  | 'Running'
  | 'Completed'
  | 'NonZeroExit'
  | 'ImagePull'
  | 'OutOfMemory'
  | 'LaunchRejected'
  | 'CanceledByCaller';

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

/** One execution of a container group with its own overrides. All times are RFC 3339, UTC. */
export type Run = {
  id: string;
  status: RunStatus;
  reason: RunReason;
  error?: { code: string; message: string };
  /** The group's ARM resource id. */
  containerGroup: string;
  job?: string;
  mode: 'recreate';
  attempt: number;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  containers: RunContainer[];
};

/** Whether nothing more will happen to a run. */
export function isOver({ status }: Pick<Run, 'status'>): boolean {
  return status !== 'NotStarted' && status !== 'Running';
}
