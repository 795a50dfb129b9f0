import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { app } from '@azure/functions';
import { armContainerGroups } from './aci/containerGroups.ts';
import { scopedContainerGroups } from './aci/scopedContainerGroups.ts';
import { readConfig } from './config.ts';
import type { Collaborators } from './functions/collaborators.ts';
import { health } from './functions/health.ts';
import { endpoint } from './functions/http/endpoint.ts';
import { launchContainerGroup } from './functions/launchContainerGroup.ts';
import { launchJob } from './functions/launchJob.ts';
import { listJobs } from './functions/listJobs.ts';
import { showContainerGroup } from './functions/showContainerGroup.ts';
import { showJob } from './functions/showJob.ts';
import { showLogs } from './functions/showLogs.ts';
import { showRun } from './functions/showRun.ts';
import { triggerJob } from './functions/triggerJob.ts';
import { unknownJob } from './functions/unknownJob.ts';
import { compileContract } from './jobs/contractCompiler.ts';
import { newRunId } from './runs/runId.ts';

/** Every ARM call must answer within this; a run's claim (later) outlives it. */
const armDeadlineMs = 30_000;

const config = readConfig({ appRoot: join(import.meta.dirname, '..'), compileContract });
const now = () => Date.now();
const collaborators: Collaborators = {
  config,
  containerGroups: scopedContainerGroups(
    armContainerGroups({ ...config.arm, deadlineMs: armDeadlineMs, now, userAgent: 'aci-job-launcher' }),
    config.scopes,
  ),
  now,
  newRunId: (at) => newRunId(at, randomBytes(16)),
};

app.setup({ enableHttpStream: true }); // without it a chunked request arrives without its body

const jobs = [...config.jobs.values()];
for (const { handler, name, ...options } of [
  health(collaborators),
  launchContainerGroup(collaborators),
  ...jobs.flatMap((job) => [launchJob(job, collaborators), triggerJob(job, collaborators)]),
  listJobs(collaborators),
  showContainerGroup(collaborators),
  showJob(collaborators),
  showLogs(collaborators),
  showRun(collaborators),
  unknownJob('runs', collaborators),
  unknownJob('trigger', collaborators),
]) {
  app.http(name, { ...options, handler: endpoint(handler, config) });
}
