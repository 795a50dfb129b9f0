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
import { createContainerGroup } from './functions/createContainerGroup.ts';
import { deleteContainerGroup, deleteNamedContainerGroup } from './functions/deleteContainerGroup.ts';
import { health } from './functions/health.ts';
import { callerTokenOf } from './functions/http/callerToken.ts';
import { endpoint } from './functions/http/endpoint.ts';
import { launchContainerGroup } from './functions/launchContainerGroup.ts';
import { launchJob } from './functions/launchJob.ts';
import { listContainerGroups } from './functions/listContainerGroups.ts';
import { listJobs } from './functions/listJobs.ts';
import { operateContainerGroup, restartNamedContainerGroup } from './functions/operateContainerGroup.ts';
import { putContainerGroup } from './functions/putContainerGroup.ts';
import { showContainerGroup } from './functions/showContainerGroup.ts';
import { showJob } from './functions/showJob.ts';
import { showLogs } from './functions/showLogs.ts';
import { showRun } from './functions/showRun.ts';
import { triggerJob } from './functions/triggerJob.ts';
import { unknownJob } from './functions/unknownJob.ts';
import { updateContainerGroup } from './functions/updateContainerGroup.ts';
import { compileContract } from './jobs/contractCompiler.ts';
import { newRunId } from './runs/runId.ts';

/** Every ARM call must answer within this; a run's claim (later) outlives it. */
const armDeadlineMs = 30_000;

const config = readConfig({ appRoot: join(import.meta.dirname, '..'), compileContract });
const now = () => Date.now();
const clock = createAzureClock(now);
const armCall = createArmCall({
  ...config.arm,
  deadlineMs: armDeadlineMs,
  clock,
  userAgent: 'aci-job-launcher',
});
const inScope = (callerToken?: string) =>
  scopedContainerGroups(armContainerGroups(armCall(callerToken)), config.scopes);
const containerGroups = inScope();
const collaborators: Collaborators = {
  config,
  containerGroups,
  containerGroupsFor: (request) =>
    config.arm.credential === 'caller' ? inScope(callerTokenOf(request)) : containerGroups,
  now,
  wait: (milliseconds) => setTimeout(milliseconds),
  newRunId: () => newRunId(clock.now(), randomBytes(16)),
};

app.setup({ enableHttpStream: true }); // without it a chunked request arrives without its body

const jobs = [...config.jobs.values()];
for (const { handler, name, ...options } of [
  createContainerGroup(collaborators),
  deleteContainerGroup(collaborators),
  deleteNamedContainerGroup(collaborators),
  health(collaborators),
  launchContainerGroup(collaborators),
  ...jobs.flatMap((job) => [launchJob(job, collaborators), triggerJob(job, collaborators)]),
  listContainerGroups(collaborators),
  listJobs(collaborators),
  ...(['restart', 'start', 'stop'] as const).map((verb) => operateContainerGroup(verb, collaborators)),
  putContainerGroup(collaborators),
  restartNamedContainerGroup(collaborators),
  showContainerGroup(collaborators),
  showJob(collaborators),
  showLogs(collaborators),
  showRun(collaborators),
  unknownJob('runs', collaborators),
  unknownJob('trigger', collaborators),
  updateContainerGroup(collaborators),
]) {
  app.http(name, { ...options, handler: endpoint(handler, config) });
}
