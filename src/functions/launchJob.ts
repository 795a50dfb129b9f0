import type { Job } from '../jobs/job.ts';
import { jobRequestFaults } from '../jobs/request.ts';
import { check, type RunRequest } from '../jobs/runRequest.schema.ts';
import type { Collaborators } from './collaborators.ts';
import { readCheckedBody } from './http/checkedBody.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { launchAnswer } from './http/launchAnswer.ts';

/** `POST jobs/{job}/runs`, a function of its own for each job, so that the key of one job opens no other. */
export function launchJob(job: Job, collaborators: Collaborators): HttpFunction {
  return {
    name: `launch-job-${job.name}`,
    methods: ['POST'],
    route: `jobs/${job.name}/runs`,
    authLevel: 'function',
    async handler(request) {
      const { ifRunning, dryRun, ...overrides } = await readCheckedBody<RunRequest>(request, check, (asked) =>
        jobRequestFaults(job, asked),
      );
      const { containerGroup, container, secrets } = job;
      return launchAnswer(
        request,
        {
          containerGroup,
          container,
          overrides,
          secrets,
          ifRunning: ifRunning ?? job.ifRunning,
          job: job.name,
        },
        dryRun ?? false,
        collaborators,
      );
    },
  };
}
