import type { JsonValue } from '../../aci/json.ts';
import type { EventPlaces } from '../hook.ts';
import { textAt } from '../textAt.ts';

/** Where the webhook of a container registry says what it is. */
export const registryPlaces: EventPlaces = { id: { from: ['/id'] }, time: { from: ['/timestamp'] } };

/** Whether a body is of Azure Container Registry (learn.microsoft.com/azure/container-registry/container-registry-webhook-reference). */
export function isRegistryWebhook(body: JsonValue): boolean {
  return ['/id', '/timestamp', '/action', '/target/repository', '/request/host'].every(
    (pointer) => textAt(body, pointer) !== undefined,
  );
}
