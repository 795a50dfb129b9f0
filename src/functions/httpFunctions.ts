import { cancelRun } from './cancelRun.ts';
import type { Collaborators } from './collaborators.ts';
import { showConsole, showConsoleFile } from './console.ts';
import { createContainerGroup } from './createContainerGroup.ts';
import { deleteContainerGroup, deleteNamedContainerGroup } from './deleteContainerGroup.ts';
import { health } from './health.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { launchContainerGroup } from './launchContainerGroup.ts';
import { launchJob } from './launchJob.ts';
import { listContainerGroups } from './listContainerGroups.ts';
import { listJobRuns } from './listJobRuns.ts';
import { listJobs } from './listJobs.ts';
import { listRuns } from './listRuns.ts';
import { operateContainerGroup, restartNamedContainerGroup } from './operateContainerGroup.ts';
import { putContainerGroup } from './putContainerGroup.ts';
import { receiveHook } from './receiveHook.ts';
import { rerunRun } from './rerunRun.ts';
import { showContainerGroup } from './showContainerGroup.ts';
import { showOpenApi, showSwagger } from './showDescription.ts';
import { showJob } from './showJob.ts';
import { showLogs } from './showLogs.ts';
import { showMetrics } from './showMetrics.ts';
import { showResult } from './showResult.ts';
import { showRun } from './showRun.ts';
import { showRunLogs } from './showRunLogs.ts';
import { triggerJob } from './triggerJob.ts';
import { verbs } from './triggers/containerGroupTriggers.ts';
import { jobActions } from './triggers/jobTriggers.ts';
import { unknownHook } from './unknownHook.ts';
import { unknownJob } from './unknownJob.ts';
import { updateContainerGroup } from './updateContainerGroup.ts';
import { whoami } from './whoami.ts';

/** Every function that HTTP reaches, in the order of `httpTriggers`. */
export function httpFunctions(collaborators: Collaborators): HttpFunction[] {
  const jobs = [...collaborators.config.jobs.values()];
  return [
    cancelRun(collaborators),
    createContainerGroup(collaborators),
    deleteContainerGroup(collaborators),
    deleteNamedContainerGroup(collaborators),
    health(collaborators),
    launchContainerGroup(collaborators),
    ...jobs.flatMap((job) => [launchJob(job, collaborators), triggerJob(job, collaborators)]),
    listContainerGroups(collaborators),
    listJobRuns(collaborators),
    listJobs(collaborators),
    listRuns(collaborators),
    ...verbs.map((verb) => operateContainerGroup(verb, collaborators)),
    putContainerGroup(collaborators),
    ...jobs.flatMap((job) => (job.hook ? [receiveHook(job, job.hook, collaborators)] : [])),
    rerunRun(collaborators),
    restartNamedContainerGroup(collaborators),
    showConsole(collaborators),
    showConsoleFile(collaborators),
    showContainerGroup(collaborators),
    showJob(collaborators),
    showLogs(collaborators),
    showMetrics(collaborators),
    showOpenApi(collaborators),
    showResult(collaborators),
    showRun(collaborators),
    showRunLogs(collaborators),
    showSwagger(collaborators),
    unknownHook(),
    ...jobActions.map((action) => unknownJob(action, collaborators)),
    updateContainerGroup(collaborators),
    whoami(collaborators),
  ];
}
