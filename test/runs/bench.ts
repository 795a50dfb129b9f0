import type { ContainerGroupDocument, InstanceView } from '../../src/aci/document.ts';
import { ArmError } from '../../src/aci/errors.ts';
import { createKeyedLock } from '../../src/runs/keyedLock.ts';
import type { CallbackMessage, WatchMessage } from '../../src/runs/queue/messages.ts';
import type { RunAsked } from '../../src/runs/request/runAsked.ts';
import { type Requests, type Submitted, submitRun } from '../../src/runs/request/submitRun.ts';
import { newRunId } from '../../src/runs/runId.ts';
import type { RunRecord } from '../../src/runs/runRecord.ts';
import { createSealer } from '../../src/runs/sealing/sealer.ts';
import { takeStep } from '../../src/runs/step/takeStep.ts';
import { createRunStore } from '../../src/runs/store/runStore.ts';
import { inMemoryContainerGroups } from './inMemoryContainerGroups.ts';
import { inMemoryQueue } from './inMemoryQueue.ts';
import { inMemoryRows } from './inMemoryRows.ts';
import { askedAt, groupOf, id, terminated } from './markedGroup.ts';

export const hour = 3_600;
export const day = 24 * hour;

const mostSteps = 20_000;
const mostMessages = 500;

/** What ARM answers when it refuses. */
export function armError(code: string, status: number): ArmError {
  return new ArmError({ code, message: code, status });
}

/** A request for a run of the group of these tests, with these changes. */
export function asking(changes: Partial<RunAsked> = {}): RunAsked {
  return {
    containerGroup: id,
    overrides: { env: { GREETING: 'hello' } },
    ifRunning: 'queue',
    mode: 'recreate',
    tasks: 1,
    parallelism: 1,
    timeoutSeconds: hour,
    startWithinSeconds: hour,
    ttlSeconds: 0,
    startedBy: { via: 'a test' },
    ...changes,
  };
}

export type Bench = ReturnType<typeof createBench>;

/** Which run holds the group, and which wait for it. */
export async function holderAndQueue({
  tools,
}: Bench): Promise<{ current: string | undefined; queue: string[] }> {
  const { current, queue } = (await tools.store.head(id)).value;
  return { current, queue };
}

/** Runs with all that they work with in memory, on a clock that goes from one message to the next. */
export function createBench(group: ContainerGroupDocument = groupOf({ mark: {} })) {
  const clock = { now: askedAt };
  const now = () => clock.now;
  let count = 0;
  const counted = (length: number) => {
    count += 1;
    return new Uint8Array(length).fill(count % 256);
  };
  const newToken = () => {
    count += 1;
    return `token ${count}`;
  };
  /** What went wrong and is no answer to anybody. */
  const faults: unknown[] = [];
  const rows = inMemoryRows();
  const containerGroups = inMemoryContainerGroups(group);
  const watchQueue = inMemoryQueue<WatchMessage>(now);
  const callbackQueue = inMemoryQueue<CallbackMessage>(now);
  const tools: Requests = {
    store: createRunStore(rows, newToken),
    containerGroups,
    watchQueue,
    callbackQueue,
    now,
    newToken,
    secretsOf: () => [],
    sealer: createSealer(['s'.repeat(40)], counted),
    report: (error) => faults.push(error),
    traceparent: () => undefined,
    inTrace: (_, work) => work(),
    retention: 30 * day * 1000,
    newRunId: () => newRunId(clock.now, counted(16)),
    lock: createKeyedLock(),
    wait: () => new Promise(() => {}),
  };

  /** Lets Azure settle every group, its containers looking like this. */
  function show(views: (container: string, group: string) => InstanceView | null): void {
    for (const document of containerGroups.all()) {
      document.properties.provisioningState = 'Succeeded';
      for (const each of document.properties.containers) {
        each.properties.instanceView = views(each.name, document.name ?? '');
      }
    }
  }

  return {
    clock,
    rows,
    containerGroups,
    watchQueue,
    callbackQueue,
    tools,
    faults,
    show,
    submit: (changes: Partial<RunAsked> = {}): Promise<Submitted> => submitRun(tools, asking(changes), 8_000),

    /** All containers have just ended like this. */
    finish(exitCode = 0): void {
      const time = new Date(clock.now).toISOString();
      show(() => terminated(exitCode, { startTime: time, finishTime: time }));
    },

    /** Lets so many seconds go by, and takes the step of every message that is due meanwhile. @param each called before each step. */
    async pass(seconds: number, each: () => unknown = () => {}): Promise<void> {
      const until = clock.now + seconds * 1000;
      for (let steps = 0; steps < mostSteps; steps += 1) {
        const [next] = [...watchQueue.messages].sort((one, other) => one.visibleAt - other.visibleAt);
        if (!next || next.visibleAt > until) {
          break;
        }
        if (watchQueue.messages.length > mostMessages) {
          throw new Error('There is a storm of messages.');
        }
        watchQueue.messages.splice(watchQueue.messages.indexOf(next), 1);
        clock.now = Math.max(clock.now, next.visibleAt);
        await each();
        try {
          await takeStep(tools, next.message);
        } catch (error) {
          faults.push(error);
          watchQueue.messages.push({ message: next.message, visibleAt: clock.now + 30_000 });
        }
      }
      clock.now = Math.max(clock.now, until);
    },

    async run(runId: string): Promise<RunRecord | undefined> {
      return (await tools.store.run(id, runId))?.value;
    },

    /** Why a run ended; undefined while it has not. */
    async endOf(runId: string): Promise<string | undefined> {
      return (await tools.store.run(id, runId))?.value.end?.reason;
    },
  };
}
