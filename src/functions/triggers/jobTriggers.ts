import type { Job } from '../../jobs/job.ts';
import { launchRoles, mayLaunchAny, mayRead } from '../access/access.ts';
import type { HttpTrigger } from './httpTrigger.ts';

/** What stands in a route for the name of whichever job. */
const anyJob = '{job}';

/** The ends of the two routes that start a job. */
export const jobActions = ['runs', 'trigger'] as const;

export type JobAction = (typeof jobActions)[number];

const jobsRoute = 'jobs';
const jobRoute = (job: string) => `${jobsRoute}/${job}`;
const actionRoute = (job: string, action: JobAction) => `${jobRoute(job)}/${action}`;
const hookRoute = (job: string) => `hooks/${job}`;

export function launchJob(job: Job): HttpTrigger {
  return {
    name: `launch-job-${job.name}`,
    methods: ['POST'],
    route: actionRoute(job.name, 'runs'),
    access: launchRoles(job),
  };
}

export const listJobRuns: HttpTrigger = {
  name: 'list-job-runs',
  methods: ['GET'],
  route: actionRoute(anyJob, 'runs'),
  access: mayRead,
};

export const listJobs: HttpTrigger = {
  name: 'list-jobs',
  methods: ['GET'],
  route: jobsRoute,
  access: mayRead,
};

export function receiveHook({ name }: Job): HttpTrigger {
  return {
    name: `receive-hook-${name}`,
    methods: ['POST', 'OPTIONS'],
    route: hookRoute(name),
    access: 'anonymous',
  };
}

export const showJob: HttpTrigger = {
  name: 'show-job',
  methods: ['GET'],
  route: jobRoute(anyJob),
  access: mayRead,
};

export function triggerJob(job: Job): HttpTrigger {
  return {
    name: `trigger-job-${job.name}`,
    methods: ['POST'],
    route: actionRoute(job.name, 'trigger'),
    access: launchRoles(job),
  };
}

/** The host takes the first match by function name, so this name must come after `receive-hook-…`. */
export const unknownHook: HttpTrigger = {
  name: 'unknown-hook',
  methods: ['POST', 'OPTIONS'],
  route: hookRoute(anyJob),
  access: 'anonymous',
};

/** The host takes the first match by function name, so this name must come after `launch-job-…` and `trigger-job-…`. */
export function unknownJob(action: JobAction): HttpTrigger {
  return {
    name: `unknown-job-${action}`,
    methods: ['POST'],
    route: actionRoute(anyJob, action),
    access: mayLaunchAny,
  };
}
