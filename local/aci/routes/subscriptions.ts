import type { Answer } from '../http/answer.ts';
import type { Cloud } from './cloud.ts';
import { answerPage } from './page.ts';
import type { ArmRequest } from './route.ts';

/** GET /subscriptions: those that were there from the start, and those that something was written to. */
export function listSubscriptions(cloud: Cloud, request: ArmRequest): Answer {
  const all = cloud.store.subscriptions().map(({ subscriptionId }, index) => ({
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    displayName: `Emulated subscription ${index + 1}`,
    state: 'Enabled',
    tenantId: '00000000-0000-0000-0000-000000000000',
  }));
  return answerPage(cloud, request, all, (one) => one);
}
