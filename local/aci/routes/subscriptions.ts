import type { Answer } from '../http/answer.ts';
import type { Cloud } from './cloud.ts';

/** GET /subscriptions: those that something was written to. */
export function listSubscriptions({ store }: Cloud): Answer {
  const value = store.subscriptions().map(({ subscriptionId }, index) => ({
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    displayName: `Emulated subscription ${index + 1}`,
    state: 'Enabled',
    tenantId: '00000000-0000-0000-0000-000000000000',
  }));
  return { status: 200, body: { value } };
}
