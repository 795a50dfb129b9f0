import type { Job } from '../../jobs/job.ts';
import * as appTriggers from './appTriggers.ts';
import * as containerGroupTriggers from './containerGroupTriggers.ts';
import type { HttpTrigger } from './httpTrigger.ts';
import * as jobTriggers from './jobTriggers.ts';
import * as runTriggers from './runTriggers.ts';

/**
 * The triggers of all that `httpFunctions` makes, in its order, with nothing of what answers a call. Those of the jobs come before those
 * for jobs that there are not.
 */
export function httpTriggers(jobs: Iterable<Job>): HttpTrigger[] {
  const all = [...jobs];
  return [
    runTriggers.cancelRun(all),
    containerGroupTriggers.createContainerGroup,
    containerGroupTriggers.deleteContainerGroup,
    containerGroupTriggers.deleteNamedContainerGroup,
    appTriggers.health,
    runTriggers.launchContainerGroup,
    ...all.flatMap((job) => [jobTriggers.launchJob(job), jobTriggers.triggerJob(job)]),
    containerGroupTriggers.listContainerGroups,
    jobTriggers.listJobRuns,
    jobTriggers.listJobs,
    runTriggers.listRuns,
    ...containerGroupTriggers.verbs.map(containerGroupTriggers.operateContainerGroup),
    containerGroupTriggers.putContainerGroup,
    ...all.filter(({ hook }) => hook).map(jobTriggers.receiveHook),
    runTriggers.rerunRun(all),
    containerGroupTriggers.restartNamedContainerGroup,
    appTriggers.showConsole,
    appTriggers.showConsoleFile,
    containerGroupTriggers.showContainerGroup,
    jobTriggers.showJob,
    containerGroupTriggers.showLogs,
    containerGroupTriggers.showMetrics,
    appTriggers.showOpenApi,
    runTriggers.showResult,
    runTriggers.showRun,
    runTriggers.showRunLogs,
    appTriggers.showSwagger,
    jobTriggers.unknownHook,
    ...jobTriggers.jobActions.map(jobTriggers.unknownJob),
    containerGroupTriggers.updateContainerGroup,
    appTriggers.whoami,
  ];
}
