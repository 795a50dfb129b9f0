import type { Job } from '../jobs/job.ts';
import { type Payload, payloadFaults, variablesOf, whyIgnored } from '../jobs/payload.ts';
import type { Collaborators } from './collaborators.ts';
import { readJsonBody } from './http/body.ts';
import { throwFaults } from './http/checkedBody.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { launchAnswer } from './http/launchAnswer.ts';

/** `POST jobs/{job}/trigger`, a function of its own for each job: the body is what happened, and the job says what of it to use. */
export function triggerJob(job: Job, collaborators: Collaborators): HttpFunction {
  return {
    name: `trigger-job-${job.name}`,
    methods: ['POST'],
    route: `jobs/${job.name}/trigger`,
    authLevel: 'function',
    async handler(request) {
      const payload: Payload = {
        body: await readJsonBody(request),
        header: (name) => request.headers.get(name) ?? undefined,
        query: (name) => request.query.get(name) ?? undefined,
      };
      const ignored = whyIgnored(job, payload);
      if (ignored) {
        return { jsonBody: { status: 'Ignored', message: ignored } };
      }
      const { overrides, faults } = variablesOf(job, payload);
      throwFaults([...faults, ...payloadFaults(job, overrides)]);
      const { containerGroup, container, secrets, ifRunning } = job;
      return launchAnswer(
        request,
        { containerGroup, container, overrides, secrets, ifRunning, job: job.name },
        false,
        collaborators,
      );
    },
  };
}
