import { createAzureClock } from '../../../src/aci/azureClock.ts';
import { LauncherError } from '../../../src/aci/errors.ts';
import { tellingRunStore } from '../../../src/runs/events/tellingRunStore.ts';
import { createKeyedLock } from '../../../src/runs/keyedLock.ts';
import type { CallbackMessage, WatchMessage } from '../../../src/runs/queue/messages.ts';
import { cancelRun } from '../../../src/runs/request/cancelRun.ts';
import { type Requests, submitRun } from '../../../src/runs/request/submitRun.ts';
import { newRunId } from '../../../src/runs/runId.ts';
import { createSealer } from '../../../src/runs/sealing/sealer.ts';
import { takeStep } from '../../../src/runs/step/takeStep.ts';
import { partitionOf } from '../../../src/runs/store/keys.ts';
import { createRunStore } from '../../../src/runs/store/runStore.ts';
import { createArmModel } from './armModel.ts';
import { checkDelete, checkSend, checkWrite, noteCommit, noteOurFault } from './checks.ts';
import { type Coverage, focusOf, noFaults, seededFaults } from './faults.ts';
import type { Process, World } from './process.ts';
import { seededRandom } from './random.ts';
import { headOf, type Simulation } from './simulation.ts';
import { createQueueModel, createTableModel } from './storageModel.ts';
import { createTimeline } from './timeline.ts';
import { planTroubles } from './troubles.ts';
import { variantOf } from './variants.ts';
import {
  baseGroup,
  containerGroups,
  createWorkload,
  type GroupShape,
  type SimulatedRequest,
  shortRetention,
} from './workload.ts';

/** A mistake put into the product on purpose: it changes what the product works with, in one process. */
export type PlantedBug = (tools: Requests, world: Simulation, process: Process) => Requests;

const start = Date.parse('2026-01-31T12:00:00Z');
const minute = 60_000;
const faultsUntil = start + 40 * minute;
const end = start + 4 * 24 * 60 * minute;
const inlineMs = 8_000;

/** Several times what any sound simulation takes. */
export const mostEvents = 10_000;

/** Runs one seed to its end: requests, cancellations and every message, with faults for as long as there are any. */
export async function simulate(
  seed: number,
  coverage: Coverage,
  bug?: PlantedBug,
  variant = variantOf(seed),
): Promise<Simulation> {
  const random = seededRandom(seed);
  const timeline = createTimeline(start);
  const world: World = {
    timeline,
    random,
    faults:
      variant === 'calm' ? noFaults : seededFaults(seed, random, () => timeline.now(), faultsUntil, coverage),
  };
  const shape: GroupShape =
    variant === 'policies'
      ? { restartPolicy: random.pick(['Never', 'OnFailure', 'Always']), hasSidecar: random.chance(0.5) }
      : {};
  const table = createTableModel(world);
  const processes = new Set<Process>();
  const simulation: Simulation = {
    seed,
    variant,
    now: timeline.now,
    table,
    arm: createArmModel(world, {
      onWrite: (group, kind) => checkWrite(simulation, group, kind),
      onSend: (group, kind, process) => checkSend(simulation, group, kind, process),
    }),
    watchQueue: createQueueModel<WatchMessage>(world, (message, onDeath) => watch(message, onDeath)),
    requests: createWorkload(random, start, focusOf(seed).effect, variant, shape),
    answers: [],
    requestOf: new Map(),
    runs: new Map(),
    swept: new Set(),
    retention: variant === 'retention' ? shortRetention : 30 * 24 * 60 * minute,
    entered: new Map(),
    handovers: new Map(),
    endedAt: new Map(),
    canceled: new Set(),
    told: [],
    happenings: [],
    violations: [],
    events: 0,
  };
  const callbacks = createQueueModel<CallbackMessage>(world, async ({ runId }) => {
    simulation.told.push({
      runId,
      headWas: containerGroups
        .map((group) => headOf(table, partitionOf(group))?.current)
        .find((current) => current === runId),
    });
    return true;
  });
  const sealer = createSealer(['s'.repeat(40)], random.bytes);
  for (const group of containerGroups) {
    simulation.arm.put(baseGroup(group, shape));
  }
  table.onCommit = (partition, changes) => noteCommit(simulation, partition, changes);
  table.onDelete = (rows) =>
    checkDelete(
      simulation,
      rows.filter(({ key }) => key.startsWith('run-')).map(({ value }) => value),
    );
  const takenAwayAt = start + random.between(0, 20 * minute);
  const isTakenAway = () => variant === 'settings' && timeline.now() >= takenAwayAt;
  const takesSecret = random.chance(0.5);

  const skewMs = variant === 'clocks' ? 3 * minute : variant === 'calm' ? 0 : 1_500;

  function toolsOf(process: Process, request?: SimulatedRequest): Requests {
    const { now } = process.clock;
    const newToken = () => Buffer.from(random.bytes(8)).toString('hex');
    const tools: Requests = {
      store: tellingRunStore(
        createRunStore(table.as(process), newToken),
        (event) => void simulation.happenings.push(event),
      ),
      containerGroups: simulation.arm.as(process),
      watchQueue: simulation.watchQueue.as(process),
      callbackQueue: callbacks.as(process),
      now,
      newToken,
      secretsOf: (job) => (isTakenAway() && job !== undefined && !takesSecret ? undefined : []),
      sealer: isTakenAway() && takesSecret ? undefined : sealer,
      report: (error) => noteOurFault(simulation, error),
      traceparent: () => undefined,
      inTrace: (_, work) => work(),
      retention: simulation.retention,
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
    const skew = random.between(-skewMs, skewMs);
    const localNow = () => timeline.now() + skew;
    const process = { isDead: false, localNow, clock: createAzureClock(localNow), onDeath };
    processes.add(process);
    return process;
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
  planTroubles(simulation, world, () => processes);
  simulation.events = await timeline.runUntil(end, mostEvents);
  return simulation;
}
