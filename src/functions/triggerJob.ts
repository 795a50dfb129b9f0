import type { JsonObject } from '../aci/json.ts';
import type { Job } from '../jobs/job.ts';
import { type Payload, payloadFaults, variablesOf, whyIgnored } from '../jobs/payload.ts';
import { runAskedOf } from '../jobs/runAskedOf.ts';
import { startedBy } from './access/principal.ts';
import type { Collaborators } from './collaborators.ts';
import { readJsonBody } from './http/body.ts';
import { throwFaults } from './http/checkedBody.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { idempotencyOf } from './http/idempotency.ts';
import { launchAnswer } from './http/launchAnswer.ts';
import * as jobTriggers from './triggers/jobTriggers.ts';

/** `POST jobs/{job}/trigger`, a function of its own for each job: the body is what happened, and the job says what of it to use. */
export function triggerJob(job: Job, collaborators: Collaborators): HttpFunction {
  const trigger = jobTriggers.triggerJob(job);
  return {
    ...trigger,
    async handler(request) {
      const payload: Payload = {
        body: await readJsonBody(request),
        header: (name) => request.headers.get(name) ?? undefined,
        query: (name) => request.query.get(name) ?? undefined,
        event: () => undefined,
      };
      const ignored = whyIgnored(job, payload);
      if (ignored) {
        return { jsonBody: { status: 'Ignored', message: ignored } };
      }
      const { overrides, faults } = variablesOf(job, payload);
      throwFaults([...faults, ...payloadFaults(job, overrides)]);
      const { containerGroup } = job;
      const via = `POST ${trigger.route}`;
      const content = { body: payload.body, ...overrides } as JsonObject; // a map takes from headers and the query, too
      const keyed = { scope: `job ${job.name}`, endpoint: via, content };
      const idempotency = idempotencyOf(request, keyed, collaborators.config.launcherSecrets);
      const run = runAskedOf({
        containerGroup,
        job,
        request: overrides,
        startedBy: startedBy(via, request, collaborators.config),
        idempotency,
      });
      return launchAnswer(request, run, collaborators);
    },
  };
}
