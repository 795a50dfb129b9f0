import { resourceIdOf } from '../../../src/aci/containerGroupId.ts';
import type { ContainerGroupDocument } from '../../../src/aci/document.ts';
import { ArmError, LauncherError } from '../../../src/aci/errors.ts';
import { readMark } from '../../../src/aci/mark.ts';
import type { Head } from '../../../src/runs/head.ts';
import { createKeyedLock } from '../../../src/runs/keyedLock.ts';
import type { CallbackMessage, WatchMessage } from '../../../src/runs/queue/messages.ts';
import { cancelRun } from '../../../src/runs/request/cancelRun.ts';
import { type Requests, submitRun } from '../../../src/runs/request/submitRun.ts';
import { newRunId } from '../../../src/runs/runId.ts';
import { groupOfTask, type RunRecord } from '../../../src/runs/runRecord.ts';
import { createSealer } from '../../../src/runs/sealing/sealer.ts';
import { takeStep } from '../../../src/runs/step/takeStep.ts';
import { partitionOf } from '../../../src/runs/store/keys.ts';
import { createRunStore } from '../../../src/runs/store/runStore.ts';
import { type ArmModel, createArmModel } from './armModel.ts';
import { type Coverage, focusOf, seededFaults } from './faults.ts';
import type { Process, World } from './process.ts';
import { seededRandom } from './random.ts';
import { createQueueModel, createTableModel, type QueueModel, type TableModel } from './storageModel.ts';
import { createTimeline } from './timeline.ts';
import { baseGroup, containerGroups, createWorkload, type SimulatedRequest } from './workload.ts';

/** A mistake put into the product on purpose: it changes what the product works with, in one process. */
export type PlantedBug = (tools: Requests, world: Simulation, process: Process) => Requests;

export type Answer =
  | { request: SimulatedRequest; kind: 'taken'; runId: string; isReplay: boolean }
  | { request: SimulatedRequest; kind: 'refused'; code: string };

/** All that is left of a simulation once nothing happens any more. */
export type Simulation = {
  seed: number;
  arm: ArmModel;
  table: TableModel;
  watchQueue: QueueModel<WatchMessage>;
  requests: SimulatedRequest[];
  answers: Answer[];
  /** Which request each run id was made for. */
  requestOf: Map<string, SimulatedRequest>;
  /** Runs in the order in which they came to their group. */
  entered: Map<string, string[]>;
  canceled: Set<string>;
  told: { runId: string; headWas: string | undefined }[];
  /** What went wrong while it ran. */
  violations: string[];
  events: number;
};

const start = Date.parse('2026-01-31T12:00:00Z');
const minute = 60_000;
const faultsUntil = start + 40 * minute;
const end = start + 4 * 24 * 60 * minute;
const inlineMs = 8_000;

/** Several times what any sound simulation takes. */
export const mostEvents = 20_000;

/** Runs one seed to its end: requests, cancellations and every message, with faults for as long as there are any. */
export async function simulate(seed: number, coverage: Coverage, bug?: PlantedBug): Promise<Simulation> {
  const random = seededRandom(seed);
  const timeline = createTimeline(start);
  const world: World = {
    timeline,
    random,
    faults: seededFaults(seed, random, () => timeline.now(), faultsUntil, coverage),
  };
  const table = createTableModel(world);
  const simulation: Simulation = {
    seed,
    table,
    arm: createArmModel(world, (group, kind) => checkWriter(simulation, group, kind)),
    watchQueue: createQueueModel<WatchMessage>(world, (message, onDeath) => watch(message, onDeath)),
    requests: createWorkload(random, start, focusOf(seed).effect),
    answers: [],
    requestOf: new Map(),
    entered: new Map(),
    canceled: new Set(),
    told: [],
    violations: [],
    events: 0,
  };
  const callbacks = createQueueModel<CallbackMessage>(world, async ({ runId }) => {
    simulation.told.push({
      runId,
      headWas: headsNow(simulation).find((head) => head?.current === runId)?.current,
    });
    return true;
  });
  const sealer = createSealer(['s'.repeat(40)], random.bytes);
  for (const group of containerGroups) {
    simulation.arm.put(baseGroup(group));
  }
  table.onCommit = (partition, changes) => {
    noteEntered(simulation, partition);
    for (const { value } of changes) {
      checkEnd(simulation, value as unknown as RunRecord, timeline.now());
    }
  };

  function toolsOf(process: Process, request?: SimulatedRequest): Requests {
    const now = () => timeline.now() + process.skew;
    const newToken = () => Buffer.from(random.bytes(8)).toString('hex');
    const tools: Requests = {
      store: createRunStore(table.as(process), newToken),
      containerGroups: simulation.arm.as(process),
      watchQueue: simulation.watchQueue.as(process),
      callbackQueue: callbacks.as(process),
      now,
      newToken,
      secretsOf: () => [],
      sealer,
      report: (error) => noteOurFault(simulation, error),
      retention: 30 * 24 * 60 * minute,
      newRunId: () => {
        const id = newRunId(now(), random.bytes(16));
        if (request) {
          simulation.requestOf.set(id, request);
        }
        return id;
      },
      lock: createKeyedLock(),
      wait: (milliseconds) => timeline.sleep(milliseconds),
    };
    return bug ? bug(tools, simulation, process) : tools;
  }

  function newProcess(onDeath: () => void): Process {
    return { isDead: false, skew: random.between(-1_500, 1_500), onDeath };
  }

  async function watch(message: WatchMessage, onDeath: () => void): Promise<boolean> {
    const process = newProcess(onDeath);
    const tools = toolsOf(process);
    try {
      await takeStep(tools, message);
      return true;
    } catch (error) {
      noteOurFault(simulation, error);
      try {
        await tools.watchQueue.send(message, 30);
        return true;
      } catch {
        return false;
      }
    }
  }

  async function ask(request: SimulatedRequest): Promise<void> {
    const tools = toolsOf(
      newProcess(() => {}),
      request,
    );
    try {
      const { run, isReplay } = await submitRun(tools, request.asked, inlineMs);
      simulation.answers.push({ request, kind: 'taken', runId: run.id, isReplay });
    } catch (error) {
      noteOurFault(simulation, error);
      const code = error instanceof LauncherError ? error.code : 'bug';
      simulation.answers.push({ request, kind: 'refused', code });
    }
  }

  async function cancel(request: SimulatedRequest): Promise<void> {
    const answer = simulation.answers.find((answer) => answer.request === request);
    if (answer?.kind === 'taken') {
      simulation.canceled.add(answer.runId);
      try {
        await cancelRun(toolsOf(newProcess(() => {})), request.asked.containerGroup, answer.runId, inlineMs);
      } catch (error) {
        noteOurFault(simulation, error);
      }
    }
  }

  for (const request of simulation.requests) {
    timeline.at(request.at, () => void ask(request));
    if (request.cancelAt !== undefined) {
      timeline.at(request.cancelAt, () => void cancel(request));
    }
  }
  simulation.events = await timeline.runUntil(end, mostEvents);
  return simulation;
}

/** Every run that is stored. */
export function storedRuns({ table }: Simulation): RunRecord[] {
  return containerGroups.flatMap((group) =>
    table
      .rowsOf(partitionOf(group))
      .filter(({ key }) => key.startsWith('run-'))
      .map(({ value }) => value as unknown as RunRecord),
  );
}

function headsNow({ table }: Simulation): (Head | undefined)[] {
  return containerGroups.map((group) => headOf(table, partitionOf(group)));
}

function headOf(table: TableModel, partition: string): Head | undefined {
  return table.rowsOf(partition).find(({ key }) => key === 'head')?.value as Head | undefined;
}

/** Only the run that holds a group writes to it. */
function checkWriter(simulation: Simulation, group: string, kind: 'put' | 'stop'): void {
  const id = containerGroups.find(({ name }) => group.endsWith(`/${name}`));
  if (id === undefined) {
    return; // a copy is written by its run alone
  }
  const current = headOf(simulation.table, partitionOf(id))?.current;
  const holder = storedRuns(simulation).find((run) => run.id === current);
  const phase = holder?.tasks[0]?.phase;
  if (kind === 'stop' ? phase !== 'ending' : phase !== 'launching') {
    simulation.violations.push(`a ${kind} reached '${id.name}' while its holder ${current} was ${phase}`);
  }
}

/** A run that is over leaves nothing running. */
function checkEnd({ arm, violations }: Simulation, run: RunRecord, now: number): void {
  for (const task of run.end && run.duties?.length > 0 ? run.tasks : []) {
    const group = resourceIdOf(groupOfTask(run, task)).toLowerCase();
    const mark = arm.lifeOf(group) && readMark(arm.lifeOf(group)?.document as ContainerGroupDocument);
    if (mark?.runId === run.id && arm.isRunning(group, now)) {
      violations.push(`run ${run.id} ended as ${run.end?.reason} while '${task.name}' ran`);
    }
  }
}

function noteEntered({ table, entered }: Simulation, partition: string): void {
  const head = headOf(table, partition);
  const known = entered.get(partition) ?? [];
  const ids = [...(head?.current === undefined ? [] : [head.current]), ...(head?.queue ?? [])];
  entered.set(partition, [...known, ...ids.filter((id) => !known.includes(id))]);
}

/** Errors that the product raises on purpose are answers; anything else is a fault of its own. */
function noteOurFault(simulation: Simulation, error: unknown): void {
  if (!(error instanceof LauncherError || error instanceof ArmError)) {
    simulation.violations.push(`a fault of our own: ${(error as Error).stack ?? error}`);
  }
}
