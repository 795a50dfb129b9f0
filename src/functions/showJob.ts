import { NotFound } from '../aci/errors.ts';
import { jobContract } from '../jobs/contract.ts';
import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { originOf } from './http/links.ts';
import { jobSummary } from './listJobs.ts';

/** `GET jobs/{job}`: what the job is, and what it takes, as JSON Schema. */
export function showJob({ config }: Collaborators): HttpFunction {
  return {
    name: 'show-job',
    methods: ['GET'],
    route: 'jobs/{job}',
    authLevel: 'function',
    async handler(request) {
      const job = config.jobs.get((request.params['job'] ?? '').toLowerCase());
      if (!job) {
        throw jobNotFound(request.params['job'] ?? '', config.jobs.keys());
      }
      return {
        jsonBody: {
          ...jobSummary(job, originOf(request, config.publicOrigin)),
          ifRunning: job.ifRunning,
          contract: jobContract(job),
          ...(job.map && { map: job.map }),
        },
      };
    },
  };
}

/** The error for a job that nobody has named, with the names that there are. */
export function jobNotFound(name: string, names: Iterable<string>): NotFound {
  const known = [...names].map((each) => `'${each}'`).join(', ');
  return new NotFound(
    'JobNotFound',
    `There is no job '${name}'. ${known ? `Jobs: ${known}.` : 'No job is set up.'}`,
  );
}
