import { type ContainerGroupId, parseContainerGroupId } from '../../aci/containerGroupId.ts';

/** The path of a group below `/api/`. */
export function groupPath({ subscriptionId, resourceGroup, name }: ContainerGroupId): string {
  return `azure/containers/${[subscriptionId, resourceGroup, name].map(encodeURIComponent).join('/')}`;
}

export function runPath(group: ContainerGroupId, runId: string): string {
  return `${groupPath(group)}/runs/${encodeURIComponent(runId)}`;
}

export function jobPath(job: string): string {
  return `jobs/${encodeURIComponent(job)}`;
}

/** The group in Azure's portal. [U] for other clouds than the public one, whose portals are elsewhere. */
export function portalUrl(resourceId: string): string {
  return `https://portal.azure.com/#resource${encodeURI(resourceId)}/overview`;
}

/** @param resourceId as the app answers it. */
export function groupOf(resourceId: string): ContainerGroupId {
  return parseContainerGroupId(resourceId) ?? { subscriptionId: '', resourceGroup: '', name: resourceId };
}
