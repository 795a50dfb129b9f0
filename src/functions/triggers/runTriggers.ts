import type { Job } from '../../jobs/job.ts';
import { anyOperatorRoles, mayRead, mayWrite } from '../access/access.ts';
import { containerGroupRoute } from './containerGroupTriggers.ts';
import type { HttpTrigger } from './httpTrigger.ts';

const runsRoute = `${containerGroupRoute}/runs`;

/** The part of a route that names a run. */
const runRoute = `${runsRoute}/{runId}`;

export function cancelRun(jobs: Iterable<Job>): HttpTrigger {
  return {
    name: 'cancel-run',
    methods: ['POST'],
    route: `${runRoute}/cancel`,
    access: anyOperatorRoles(jobs),
  };
}

export const launchContainerGroup: HttpTrigger = {
  name: 'launch-container-group',
  methods: ['POST'],
  route: runsRoute,
  access: mayWrite,
};

export const listRuns: HttpTrigger = {
  name: 'list-runs',
  methods: ['GET'],
  route: runsRoute,
  access: mayRead,
};

export function rerunRun(jobs: Iterable<Job>): HttpTrigger {
  return {
    name: 'rerun-run',
    methods: ['POST'],
    route: `${runRoute}/rerun`,
    access: anyOperatorRoles(jobs),
  };
}

export const showResult: HttpTrigger = {
  name: 'show-result',
  methods: ['GET'],
  route: 'results/{ticket}',
  access: 'anonymous',
};

export const showRun: HttpTrigger = {
  name: 'show-run',
  methods: ['GET'],
  route: runRoute,
  access: mayRead,
};

export const showRunLogs: HttpTrigger = {
  name: 'show-run-logs',
  methods: ['GET'],
  route: `${runRoute}/logs`,
  access: mayRead,
};
