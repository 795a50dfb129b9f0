import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { app } from '@azure/functions';
import { createArmCall } from './aci/armCall.ts';
import { armContainerGroups } from './aci/armContainerGroups.ts';
import { createAzureClock } from './aci/azureClock.ts';
import { scopedContainerGroups } from './aci/scopedContainerGroups.ts';
import { readConfig } from './config.ts';
import type { Collaborators } from './functions/collaborators.ts';
import { createConsoleFiles } from './functions/consoleFiles.ts';
import { callerTokenOf } from './functions/http/callerToken.ts';
import { endpoint } from './functions/http/endpoint.ts';
import { httpFunctions } from './functions/httpFunctions.ts';
import { queueNames } from './functions/queues/queueFunction.ts';
import { runOnSchedule } from './functions/runOnSchedule.ts';
import { sendCallback, sendCallbackPoison } from './functions/sendCallback.ts';
import { currentTraceparent, inTrace, logEvent, traceHeaders } from './functions/telemetry/invocation.ts';
import { watchRun, watchRunPoison } from './functions/watchRun.ts';
import { compileContract } from './jobs/contractCompiler.ts';
import { tellingRunStore } from './runs/events/tellingRunStore.ts';
import { createKeyedLock } from './runs/keyedLock.ts';
import { createAzureQueue } from './runs/queue/azureQueue.ts';
import type { CallbackMessage, WatchMessage } from './runs/queue/messages.ts';
import { newRunId } from './runs/runId.ts';
import { createSealer } from './runs/sealing/sealer.ts';
import { createAzureRows } from './runs/store/azureRows.ts';
import { createRunStore } from './runs/store/runStore.ts';
import { createTickets } from './runs/tickets.ts';

/** Every ARM call must answer within this; a run's claim outlives it. */
const armDeadlineMs = 30_000;

/** One request to the storage account; a run's first step has 15 seconds from its decision to its PUT. */
const storageDeadlineMs = 10_000;

const dayMs = 86_400_000;

const appRoot = join(import.meta.dirname, '..');
const config = readConfig({ appRoot, compileContract });
const { launcherSecrets: secrets } = config;
const now = () => Date.now();
const clock = createAzureClock(now);
const armCall = createArmCall({
  ...config.arm,
  deadlineMs: armDeadlineMs,
  now: clock.now,
  userAgent: 'aci-job-launcher',
  traceHeaders,
});
const inScope = (callerToken?: string) =>
  scopedContainerGroups(armContainerGroups(armCall(callerToken)), config.scopes);
const containerGroups = inScope();
const storage = { connection: config.storage, observeDate: clock.observe, deadlineMs: storageDeadlineMs };
const rows = createAzureRows(storage);
const newToken = () => randomBytes(16).toString('base64url');
const wait = (milliseconds: number) => setTimeout(milliseconds, undefined, { ref: false });
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
  checkStorage: () => rows.get('health', 'health'),
  consoleFiles: createConsoleFiles(join(appRoot, 'dist/console')),
  now,
  wait,
};

app.setup({ enableHttpStream: true }); // without it a chunked request arrives without its body

for (const { name, methods, route, ...httpFunction } of httpFunctions(collaborators)) {
  const isOpen = httpFunction.access === 'anonymous' || config.easyAuth; // with it a key would be asked for, too
  app.http(name, {
    methods,
    route,
    authLevel: isOpen ? 'anonymous' : 'function',
    handler: endpoint(httpFunction, config),
  });
}

for (const { handler, name, queueName } of [
  sendCallback(collaborators),
  sendCallbackPoison(collaborators),
  watchRun(collaborators),
  watchRunPoison(collaborators),
]) {
  app.storageQueue(name, { queueName, connection: 'AzureWebJobsStorage', handler });
}

for (const { name, ...options } of [...config.jobs.values()].flatMap(
  (job) => runOnSchedule(job, collaborators) ?? [],
)) {
  app.timer(name, options);
}
