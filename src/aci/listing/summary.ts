import { type ContainerGroupId, resourceIdOf } from '../containerGroupId.ts';
import type { ContainerGroupDocument } from '../document.ts';
import { currentState } from '../state.ts';

/** A container group in one line. */
export type ContainerGroupSummary = {
  id: string;
  name: string;
  resourceGroup: string;
  subscriptionId: string;
  location?: string | undefined;
  /** ACI's state of the group; its provisioning state while it has none; Unknown when Azure would not tell. */
  status: string;
  provisioningState?: string | undefined;
  /** The image of the first container. */
  image?: string | undefined;
  containers: { name: string; image?: string | undefined; state?: string | undefined }[];
  tags?: Record<string, string>;
};

/** @param document the group from a GET; undefined when only the list is known, which tells no state. */
export function summaryOf(
  id: ContainerGroupId,
  listed: ContainerGroupDocument,
  document: ContainerGroupDocument | undefined,
): ContainerGroupSummary {
  const { location, tags, properties } = document ?? listed;
  const { provisioningState, instanceView, containers } = properties;
  return {
    id: resourceIdOf(id),
    name: id.name,
    resourceGroup: id.resourceGroup,
    subscriptionId: id.subscriptionId,
    location,
    status: document === undefined ? 'Unknown' : (instanceView?.state ?? provisioningState ?? 'Unknown'),
    provisioningState,
    image: containers[0]?.properties.image,
    containers: containers.map((container) => ({
      name: container.name,
      image: container.properties.image,
      state: currentState(container)?.state,
    })),
    ...(tags && { tags }),
  };
}
