import { mayLaunchAny } from './access/access.ts';
import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { jobNotFound } from './showJob.ts';

/**
 * `POST jobs/{job}/…` of a job that there is not: 404 with the names of those that there are. The host takes the first match by
 * function name, so this name must come after `launch-job-…` and `trigger-job-…`.
 */
export function unknownJob(action: 'runs' | 'trigger', { config }: Collaborators): HttpFunction {
  return {
    name: `unknown-job-${action}`,
    methods: ['POST'],
    route: `jobs/{job}/${action}`,
    access: mayLaunchAny,
    async handler({ params }) {
      throw jobNotFound(params['job'] ?? '', config.jobs.keys());
    },
  };
}
