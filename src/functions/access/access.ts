import type { Job } from '../../jobs/job.ts';
import type { RunRecord } from '../../runs/runRecord.ts';
import { isSameGroup } from '../../runs/store/keys.ts';

/**
 * Who may call a function: anybody; any caller that the platform lets through; or who has one of these app roles. Without Easy Auth
 * the platform asks for the function's key in both of the latter cases, and there are no roles.
 */
export type Access = 'anonymous' | 'signedIn' | readonly string[];

/** The app role that opens every job. */
const launchAny = 'Runs.Launch';

export const mayRead = ['Containers.Read'];
export const mayWrite = ['Containers.Write'];
export const mayLaunchAny = [launchAny];

/** The app roles that may launch a job. */
export function launchRoles({ roles }: Pick<Job, 'roles'>): readonly string[] {
  return [...new Set([launchAny, ...roles])];
}

/**
 * The app roles that may cancel a run, or ask for it again: who may launch its job may do so, too. A job that is of another group by now
 * is another job.
 */
export function operatorRoles(
  run: Pick<RunRecord, 'job' | 'containerGroup'>,
  jobs: ReadonlyMap<string, Job>,
): readonly string[] {
  if (run.job === undefined) {
    return mayWrite;
  }
  const job = jobs.get(run.job);
  const isIts = job !== undefined && isSameGroup(job.containerGroup, run.containerGroup);
  return [...mayWrite, ...launchRoles(isIts ? job : { roles: [] })];
}

/** What roles it takes, for whoever has none of them: what the roles of jobs are called is for those who may see jobs. */
export function inWords(access: readonly string[]): string {
  const own = [...mayRead, ...mayWrite, launchAny];
  const known = own.filter((role) => access.includes(role));
  return [...known, ...(access.some((role) => !own.includes(role)) ? ["a job's own"] : [])].join(' or ');
}

/** The app roles that may operate some run; which one, only the run tells. */
export function anyOperatorRoles(jobs: Iterable<Job>): Access {
  return [...new Set([...mayWrite, launchAny, ...[...jobs].flatMap(({ roles }) => roles)])];
}
