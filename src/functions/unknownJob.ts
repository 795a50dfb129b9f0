import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { jobNotFound } from './showJob.ts';
import * as jobTriggers from './triggers/jobTriggers.ts';

/** `POST jobs/{job}/…` of a job that there is not: 404 with the names of those that there are. */
export function unknownJob(action: jobTriggers.JobAction, { config }: Collaborators): HttpFunction {
  return {
    ...jobTriggers.unknownJob(action),
    async handler({ params }) {
      throw jobNotFound(params['job'] ?? '', config.jobs.keys());
    },
  };
}
