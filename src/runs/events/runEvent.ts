import type { RunMode, RunReason, RunStatus, WaitReason } from '../run.ts';
import type { Wish } from '../runRecord.ts';

/** What every event says: of which run it is. */
export type AboutRun = {
  runId: string;
  /** The ARM resource id of the container group that the run is of. */
  containerGroup: string;
  job?: string;
  mode: RunMode;
  /** The trace that its request was part of (W3C Trace Context), 32 hexadecimal digits. */
  traceId?: string;
};

/** One of the groups that a run in mode clone writes. */
type OfTask = { task?: number };

/** How a run ended: it succeeded, failed, ran out of time, or somebody ended it. */
export type EndEvent = 'run.finished' | 'run.failed' | 'run.timedOut' | 'run.canceled';

/** What happened, with what is worth counting of it. Durations are in seconds. */
export type Happening =
  | { event: 'run.created'; startedBy: string; tasks: number }
  /** Azure does not take the launch for now. `code` is what ARM said. */
  | ({ event: 'run.waiting'; reason?: WaitReason; code?: string } & OfTask)
  /** ARM has the launch. Of the first attempt `waitedSeconds` says how long after the run's creation it was sent, and `waitReason` why not at once. */
  | ({
      event: 'run.launched';
      attempt: number;
      waitedSeconds?: number;
      waitReason?: WaitReason | 'Queued';
    } & OfTask)
  /** The first container has started, so long after the launch: Azure made the group ready and pulled the images. Once, whatever the attempts. */
  | ({ event: 'run.started'; attempt: number; startSeconds: number } & OfTask)
  /** Its containers failed, and it is launched again. */
  | ({ event: 'run.attemptFailed'; attempt: number; exitCodes: Record<string, number> } & OfTask)
  /** Somebody wants it to end, or its time is up. */
  | { event: 'run.stopRequested'; why: Wish['kind'] }
  | {
      event: EndEvent;
      status: RunStatus;
      reason: RunReason;
      /** Of its error, where there is one. */
      code?: string;
      attempts: number;
      /** From its first container's start; none of a run that never started. */
      runSeconds?: number;
      /** From its creation. */
      totalSeconds: number;
      /** By container, of a run of one group. */
      exitCodes?: Record<string, number>;
      /** How many groups ended how, in mode clone. */
      tasks?: Partial<Record<RunStatus, number>>;
    }
  | { event: 'callback.delivered'; tries: number }
  | { event: 'callback.retried'; tries: number; why: string }
  | { event: 'callback.gaveUp'; tries: number; why: string };

/**
 * One step of a run, for whoever operates the app. It holds names and numbers alone: nothing that a caller sent as a value, nothing that
 * a container printed, no words of Azure's. Of a callback's URL it holds the host.
 */
export type RunEvent = AboutRun & Happening;

/** Gets events as they happen, and never throws. */
export type Tell = (event: RunEvent) => void;
