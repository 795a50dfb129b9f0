import type { Job } from '../jobs/job.ts';
import { jobRequestFaults } from '../jobs/request.ts';
import { runAskedOf } from '../jobs/runAskedOf.ts';
import { check, type RunRequest } from '../jobs/runRequest.schema.ts';
import { startedBy } from './access/principal.ts';
import type { Collaborators } from './collaborators.ts';
import { callbackRules } from './http/callbackRules.ts';
import { readCheckedBody } from './http/checkedBody.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { idempotencyOf } from './http/idempotency.ts';
import { dryRunAnswer, launchAnswer } from './http/launchAnswer.ts';
import * as jobTriggers from './triggers/jobTriggers.ts';

/** `POST jobs/{job}/runs`, a function of its own for each job, so that the key of one job opens no other. */
export function launchJob(job: Job, collaborators: Collaborators): HttpFunction {
  const { config } = collaborators;
  const callbacks = callbackRules(config);
  const trigger = jobTriggers.launchJob(job);
  return {
    ...trigger,
    async handler(request) {
      const body = await readCheckedBody<RunRequest>(request, check, (asked) =>
        jobRequestFaults(job, asked, callbacks),
      );
      const { dryRun, ...asked } = body;
      const { containerGroup } = job;
      const via = `POST ${trigger.route}`;
      const keyed = { scope: `job ${job.name}`, endpoint: via, content: body };
      const idempotency = idempotencyOf(request, keyed, config.launcherSecrets);
      const run = runAskedOf({
        containerGroup,
        job,
        request: asked,
        startedBy: startedBy(via, request, config),
        idempotency,
      });
      return dryRun ? dryRunAnswer(run, collaborators) : launchAnswer(request, run, collaborators);
    },
  };
}
