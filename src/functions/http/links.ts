import type { HttpRequest } from '@azure/functions';
import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import { isLoopbackHost } from '../../loopbackGuard.ts';

/**
 * The origin for the absolute URLs of an answer. What a caller wrote into the Host header is believed on loopback alone.
 * @param publicOrigin the origin from the settings.
 * @returns an empty string where nothing tells, so that URLs are relative.
 */
export function originOf(request: HttpRequest, publicOrigin: string | undefined): string {
  const url = URL.parse(request.url);
  return publicOrigin ?? (url && isLoopbackHost(url.host) ? url.origin : '');
}

/** The URL of a container group in this app. */
export function containerGroupUrl(
  origin: string,
  { subscriptionId, resourceGroup, name }: ContainerGroupId,
): string {
  return `${origin}/api/azure/containers/${subscriptionId}/${encodeURIComponent(resourceGroup)}/${name}`;
}

export type RunLinks = { self: string; logs: string; containerGroup: string };

/** Where a run can be followed. */
export function runLinks(origin: string, id: ContainerGroupId, runId: string): RunLinks {
  const group = containerGroupUrl(origin, id);
  return { self: `${group}/runs/${runId}`, logs: `${group}/logs`, containerGroup: group };
}
