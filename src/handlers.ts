import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { HttpHandler } from '@azure/functions';
import { createArmCalls } from './aci/armCall.ts';
import { armContainerGroups } from './aci/armContainerGroups.ts';
import { createAzureClock } from './aci/azureClock.ts';
import { scopedContainerGroups } from './aci/scopedContainerGroups.ts';
import type { Config } from './config.ts';
import type { Collaborators } from './functions/collaborators.ts';
import { createConsoleFiles } from './functions/consoleFiles.ts';
import { callerTokenOf } from './functions/http/callerToken.ts';
import { endpoint } from './functions/http/endpoint.ts';
import { httpFunctions } from './functions/httpFunctions.ts';
import { type QueueFunction, queueNames } from './functions/queues/queueFunction.ts';
import { runOnSchedule, type TimerFunction } from './functions/runOnSchedule.ts';
import { sendCallback, sendCallbackPoison } from './functions/sendCallback.ts';
import { currentTraceparent, inTrace, logEvent, traceHeaders } from './functions/telemetry/invocation.ts';
import { watchRun, watchRunPoison } from './functions/watchRun.ts';
import { tellingRunStore } from './runs/events/tellingRunStore.ts';
import { createKeyedLock } from './runs/keyedLock.ts';
import { createAzureQueue } from './runs/queue/azureQueue.ts';
import type { CallbackMessage, WatchMessage } from './runs/queue/messages.ts';
import type { Wait } from './runs/request/inTime.ts';
import { newRunId } from './runs/runId.ts';
import { createSealer } from './runs/sealing/sealer.ts';
import { createAzureRows } from './runs/store/azureRows.ts';
import { createRunStore } from './runs/store/runStore.ts';
import { createTickets } from './runs/tickets.ts';

/** What answers, by the name of the function that is called: one of those that `src/functions/triggers` lists. */
export type Handlers = {
  http: (name: string) => HttpHandler;
  queue: (name: string) => QueueFunction['handler'];
  timer: (name: string) => TimerFunction['handler'];
  /**
   * Does beforehand what the first call would wait for: the SDKs are loaded, and there are tokens and a connection to storage. What
   * fails is left to the first call. Resolves when all of it has begun.
   */
  warmUp: () => Promise<void>;
};

/** Every ARM call must answer within this; a run's claim outlives it. */
const armDeadlineMs = 30_000;

/** One request to the storage account; a run's first step has 15 seconds from its decision to its PUT. */
const storageDeadlineMs = 10_000;

const dayMs = 86_400_000;

/**
 * The composition root: all that the functions need, and what they do.
 * @param appRoot the folder of host.json.
 */
export function createHandlers(config: Config, appRoot: string): Handlers {
  const { collaborators, warmUps } = createCollaborators(config, appRoot);
  const queueFunctions = [sendCallback, sendCallbackPoison, watchRun, watchRunPoison];
  return {
    http: handlersOf(
      httpFunctions(collaborators).map((each) => ({ ...each, handler: endpoint(each, config) })),
    ),
    queue: handlersOf(queueFunctions.map((create) => create(collaborators))),
    timer: handlersOf([...config.jobs.values()].flatMap((job) => runOnSchedule(job, collaborators) ?? [])),
    async warmUp() {
      for (const warmUp of warmUps) {
        await setImmediate(); // a call that has come meanwhile goes first
        Promise.try(warmUp).catch(() => {}); // the first call meets the same, and can say so
      }
    },
  };
}

function handlersOf<Handler>(
  functions: readonly { name: string; handler: Handler }[],
): (name: string) => Handler {
  const byName = new Map(functions.map(({ name, handler }) => [name, handler]));
  return (name) => {
    const handler = byName.get(name);
    if (handler === undefined) {
      throw new RangeError(`There is no function '${name}'.`);
    }
    return handler;
  };
}

function createCollaborators(
  config: Config,
  appRoot: string,
): { collaborators: Collaborators; warmUps: (() => Promise<unknown>)[] } {
  const { launcherSecrets: secrets } = config;
  const now = () => Date.now();
  const clock = createAzureClock(now);
  const armCalls = createArmCalls({
    ...config.arm,
    deadlineMs: armDeadlineMs,
    now: clock.now,
    userAgent: 'aci-job-launcher',
    traceHeaders,
  });
  const inScope = (callerToken?: string) =>
    scopedContainerGroups(armContainerGroups(armCalls.as(callerToken)), config.scopes);
  const containerGroups = inScope();
  const storage = {
    connection: config.storage,
    observeDate: clock.observe,
    deadlineMs: storageDeadlineMs,
  };
  const rows = createAzureRows(storage);
  const newToken = () => randomBytes(16).toString('base64url');
  const wait: Wait = (milliseconds, signal) => setTimeout(milliseconds, undefined, { ref: false, signal });
  const checkStorage = () => rows.get('health', 'health');
  const collaborators: Collaborators = {
    config,
    requests: {
      store: tellingRunStore(createRunStore(rows, newToken), logEvent),
      containerGroups,
      watchQueue: createAzureQueue<WatchMessage>({ ...storage, name: queueNames.watch }),
      callbackQueue: createAzureQueue<CallbackMessage>({ ...storage, name: queueNames.callback }),
      now: clock.now,
      newToken,
      newRunId: () => newRunId(clock.now(), randomBytes(16)),
      secretsOf: (job) => (job === undefined ? [] : config.jobs.get(job)?.secrets),
      sealer: secrets.length > 0 ? createSealer(secrets, randomBytes) : undefined,
      report: (error) => console.error(error),
      traceparent: currentTraceparent,
      inTrace,
      retention: config.runRetentionDays * dayMs,
      lock: createKeyedLock(),
      wait,
    },
    tell: logEvent,
    tickets: secrets.length > 0 ? createTickets(secrets) : undefined,
    containerGroupsFor: (request) =>
      config.arm.credential === 'caller' ? inScope(callerTokenOf(request)) : containerGroups,
    checkStorage,
    consoleFiles: createConsoleFiles(join(appRoot, 'dist/console')),
    now,
    wait,
  };
  return { collaborators, warmUps: [armCalls.warmUp, checkStorage] };
}
