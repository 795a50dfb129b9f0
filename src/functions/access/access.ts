import type { Job } from '../../jobs/job.ts';

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

/** The app roles that may cancel a run, or ask for it again: who may launch its job may do so, too. */
export function operatorRoles(run: { job?: string }, jobs: ReadonlyMap<string, Job>): readonly string[] {
  const launchers = run.job === undefined ? [] : launchRoles(jobs.get(run.job) ?? { roles: [] });
  return [...mayWrite, ...launchers];
}

/** The app roles that may operate some run; which one, only the run tells. */
export function anyOperatorRoles(jobs: ReadonlyMap<string, Job>): Access {
  return [...new Set([...mayWrite, launchAny, ...[...jobs.values()].flatMap(({ roles }) => roles)])];
}
