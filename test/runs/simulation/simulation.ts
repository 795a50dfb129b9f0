import type { RunEvent } from '../../../src/runs/events/runEvent.ts';
import type { Head } from '../../../src/runs/head.ts';
import type { WatchMessage } from '../../../src/runs/queue/messages.ts';
import type { RunRecord } from '../../../src/runs/runRecord.ts';
import type { ArmModel } from './armModel.ts';
import type { QueueModel, TableModel } from './storageModel.ts';
import type { Variant } from './variants.ts';
import type { SimulatedRequest } from './workload.ts';

export type Answer =
  | { request: SimulatedRequest; kind: 'taken'; runId: string; isReplay: boolean }
  | { request: SimulatedRequest; kind: 'refused'; code: string };

/** All that is left of a simulation once nothing happens any more. Times are in milliseconds since 1970. */
export type Simulation = {
  seed: number;
  variant: Variant;
  now: () => number;
  arm: ArmModel;
  table: TableModel;
  watchQueue: QueueModel<WatchMessage>;
  requests: SimulatedRequest[];
  answers: Answer[];
  /** Which request each run id was made for. */
  requestOf: Map<string, SimulatedRequest>;
  /** Every run as it was stored last, also those that were swept. */
  runs: Map<string, RunRecord>;
  swept: Set<string>;
  retention: number;
  /** Runs in the order in which they came to their group. */
  entered: Map<string, string[]>;
  /** When each run got its group, and when it was stored as over. */
  handovers: Map<string, number>;
  endedAt: Map<string, number>;
  canceled: Set<string>;
  told: { runId: string; headWas: string | undefined }[];
  /** The events of the runs, in the order in which they were told. */
  happenings: RunEvent[];
  /** What went wrong while it ran. */
  violations: string[];
  events: number;
};

/** Every run that is stored now. */
export function storedRuns({ runs, swept }: Simulation): RunRecord[] {
  return [...runs.values()].filter(({ id }) => !swept.has(id));
}

/** Every run that ever was stored, as it was last. */
export function allRuns({ runs }: Simulation): RunRecord[] {
  return [...runs.values()];
}

export function headOf(table: TableModel, partition: string): Head | undefined {
  return table.valueOf(partition, 'head') as Head | undefined;
}

/** A law that every simulation keeps: each breach of it in words. */
export type Law = (simulation: Simulation) => string[];
