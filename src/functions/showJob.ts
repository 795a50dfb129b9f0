import type { HttpRequest } from '@azure/functions';
import { NotFound } from '../aci/errors.ts';
import type { Config } from '../config.ts';
import { jobContract } from '../jobs/contract.ts';
import type { Job } from '../jobs/job.ts';
import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { originOf } from './http/links.ts';
import { jobSummary } from './listJobs.ts';
import * as jobTriggers from './triggers/jobTriggers.ts';

/** `GET jobs/{job}`: what the job is, and what it takes, as JSON Schema. */
export function showJob({ config }: Collaborators): HttpFunction {
  return {
    ...jobTriggers.showJob,
    async handler(request) {
      const job = jobOf(request, config);
      return {
        jsonBody: {
          ...jobSummary(job, originOf(request, config.publicOrigin)),
          ...job.life,
          ifRunning: job.life.ifRunning ?? 'reject',
          contract: jobContract(job),
          ...(job.map && { map: job.map }),
          ...(job.roles.length > 0 && { roles: job.roles }),
        },
      };
    },
  };
}

/** The job that a request's path names. @throws NotFound */
export function jobOf({ params }: HttpRequest, { jobs }: Config): Job {
  const job = jobs.get((params['job'] ?? '').toLowerCase());
  if (!job) {
    throw jobNotFound(params['job'] ?? '', jobs.keys());
  }
  return job;
}

/** The error for a job that nobody has named, with the names that there are. */
export function jobNotFound(name: string, names: Iterable<string>): NotFound {
  const known = [...names].map((each) => `'${each}'`).join(', ');
  return new NotFound(
    'JobNotFound',
    `There is no job '${name}'. ${known ? `Jobs: ${known}.` : 'No job is set up.'}`,
  );
}
