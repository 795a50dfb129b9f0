import type { Hook, HookRequest } from '../hook.ts';
import { alertEvents } from './alertEvents.ts';
import { deliveryEvent } from './deliveryEvent.ts';
import { gridEvents } from './gridEvents.ts';
import type { Events } from './hookEvent.ts';
import { isRegistryWebhook, registryPlaces } from './registryWebhook.ts';

/**
 * What happened, by a verified delivery that is no handshake: no event, one, or several.
 * @returns faults with their JSON Pointer, or header, where the delivery is not what its sender's preset says; there are
 *   events only without any: a delivery is taken whole or not at all.
 */
export function readEvents(hook: Hook, request: Pick<HookRequest, 'header' | 'body'>): Events {
  switch (hook.preset) {
    case 'event-grid':
      return gridEvents(request);
    case 'azure-monitor':
      return alertEvents(request.body, hook);
    case 'secret-header': {
      const isPush = hook.places.id === undefined && isRegistryWebhook(request.body);
      return { events: [deliveryEvent(isPush ? registryPlaces : hook.places, request)], faults: [] };
    }
    default:
      return { events: [deliveryEvent(hook.places, request)], faults: [] };
  }
}
