import type { ContainerGroupId } from '../aci/containerGroupId.ts';
import type {
  RunContainer,
  RunError,
  RunMode,
  RunReason,
  RunStatus,
  RunVariable,
  StartedBy,
  WaitReason,
} from './run.ts';

/** How a task, or a whole run, ended. */
export type End = { status: RunStatus; reason: RunReason; error?: RunError };

/**
 * One group that a run writes: the group itself in mode recreate, a copy in mode clone. Times are in milliseconds since 1970.
 *
 * `waiting` for its launch; `launching` from the moment at which a PUT may be sent until the group shows our mark; `watching` the
 * containers; `ending` once its end is known, while logs are kept and what still runs is stopped; `over`.
 */
export type Task = {
  index: number;
  /** The name of the container group that it writes. */
  name: string;
  phase: 'waiting' | 'launching' | 'watching' | 'ending' | 'over';
  /** Launches so far. */
  attempt: number;
  /** Launches whose containers failed. */
  failures: number;
  /** No launch before this. */
  notBefore: number;
  waitReason?: WaitReason;
  /** How often in a row one of Azure's limits refused it. */
  refusals?: number;
  /** What ARM said when it was last asked in vain. */
  waitError?: RunError;
  launch?: Launch;
  claim?: Claim;
  /** When the group was first found missing, or to carry another mark, without having been seen right since. */
  absentSince?: number;
  strangerSince?: number;
  containers: RunContainer[];
  startedAt?: string;
  finishedAt?: string;
  end?: End;
  endingSince?: number;
  stopAskedAt?: number;
  logsKept: boolean;
  logTries: number;
};

/**
 * Who is writing to the task's group. It is stored before anything is sent, and while it is there nobody else writes, nor is the group
 * given to another run. It is taken away when the answer tells how it went, or the group does.
 */
export type Claim = {
  by: string;
  /** Nothing is sent so late that its answer could be outstanding after this: longer than any call to ARM takes. */
  until: number;
};

/** The launch of a task of which nobody may know yet whether it got through. */
export type Launch = {
  at: number;
  accepted: boolean;
  /** By container, the times at which it started as ACI told them before the launch: a view with one of them is of an earlier life. */
  lastStarts: Record<string, string[]>;
  /** Why it was not sent before. */
  waitReason?: WaitReason;
  /** The first look at which the claim was over and the mark was not there. */
  quietSince?: number;
};

/** What somebody wants of a run, noted for whoever takes its next step. */
export type Wish = { kind: 'cancel' | 'supersede' | 'timeout' | 'neverStarted'; at: number };

/** What is still to be done for a run that is over. */
export type Duty = 'wake' | 'callback' | 'copies' | 'sweep';

/** A run as it is stored. */
export type RunRecord = {
  id: string;
  containerGroup: ContainerGroupId;
  job?: string;
  mode: RunMode;
  startedBy: StartedBy;
  env: RunVariable[];
  warnings: string[];
  /** The container that the request's own variables are for; without it, the group's only container. */
  container?: string;
  /** The container whose end is the end of the run; without it, the end of all is. */
  decidingContainer?: string;
  ifRunning: 'reject' | 'queue' | 'replace';
  timeoutSeconds: number;
  startWithinSeconds: number;
  maxRetries?: number;
  ttlSeconds: number;
  parallelism: number;
  createdAt: number;
  launchedAt?: number;
  tasks: Task[];
  wish?: Wish;
  end?: End;
  finishedAt?: number;
  duties: Duty[];
  hasCallback: boolean;
  /** The row of its idempotency key. */
  keyRow?: string;
  /** Of the request that asked for it (W3C Trace Context). */
  traceparent?: string;
  /** Counts the looks: a message of an older one is dropped. */
  generation: number;
  /** When the next look is due. */
  lookAt: number;
  /** Tells one commit from every other, to find it again when its answer was lost. */
  token: string;
};

export type NewRun = Pick<
  RunRecord,
  'id' | 'containerGroup' | 'mode' | 'startedBy' | 'env' | 'warnings' | 'createdAt' | 'hasCallback'
> &
  Pick<RunRecord, 'ifRunning' | 'timeoutSeconds' | 'startWithinSeconds' | 'ttlSeconds' | 'parallelism'> &
  Partial<
    Pick<RunRecord, 'job' | 'container' | 'decidingContainer' | 'maxRetries' | 'keyRow' | 'traceparent'>
  > & {
    /** The names of the groups that it will write, a task each. */
    groups: readonly string[];
  };

/** A run that nothing was done for yet. */
export function newRunRecord({ groups, ...run }: NewRun): RunRecord {
  return {
    ...run,
    tasks: groups.map((name, index) => ({
      index,
      name,
      phase: 'waiting',
      attempt: 0,
      failures: 0,
      notBefore: 0,
      containers: [],
      logsKept: false,
      logTries: 0,
    })),
    duties: [],
    generation: 0,
    lookAt: run.createdAt,
    token: '',
  };
}

/** The container group that a task writes. */
export function groupOfTask({ containerGroup }: RunRecord, { name }: Task): ContainerGroupId {
  return { ...containerGroup, name };
}
