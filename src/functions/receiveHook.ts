import type { Hook } from '../hooks/hook.ts';
import type { Job } from '../jobs/job.ts';
import type { Collaborators } from './collaborators.ts';
import { deliveryRefusal } from './hooks/deliveryRefusal.ts';
import { outcomesOf } from './hooks/outcomesOf.ts';
import { readDelivery } from './hooks/readDelivery.ts';
import { submitEvents } from './hooks/submitEvents.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { requireManagedIdentity } from './http/requireManagedIdentity.ts';
import * as jobTriggers from './triggers/jobTriggers.ts';

/**
 * `POST hooks/{job}` and `OPTIONS`, a function of its own for each job with a hook: who sends holds no key, and proves itself by
 * what the hook says.
 */
export function receiveHook(job: Job, hook: Hook, collaborators: Collaborators): HttpFunction {
  return {
    ...jobTriggers.receiveHook(job),
    async handler(request, context) {
      const delivery = await readDelivery(request, hook, collaborators.now());
      if (delivery.handshake) {
        const { status, headers, body } = delivery.handshake;
        return { status, headers, ...(body && { jsonBody: body }) };
      }
      requireManagedIdentity(collaborators.config);
      try {
        const outcomes = await outcomesOf(request, job, delivery, collaborators);
        return await submitEvents(request, outcomes, collaborators);
      } catch (error) {
        const refusal = deliveryRefusal(error);
        if (refusal !== error) {
          context.warn(`Job '${job.name}' cannot be run: ${error}`);
        }
        throw refusal;
      }
    },
  };
}
