import type { HttpRequest } from '@azure/functions';
import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import { isLoopbackHost } from '../../loopbackGuard.ts';
import type { RunRecord } from '../../runs/runRecord.ts';
import type { Tickets } from '../../runs/tickets.ts';

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

export type RunLinks = {
  self: string;
  logs: string;
  cancel: string;
  rerun: string;
  containerGroup: string;
  /** Where anybody who has this URL can follow the run, with no key; only where LAUNCHER_SECRET is set. */
  result?: string;
};

export type LinksOptions = {
  origin: string;
  tickets: Tickets | undefined;
  runRetentionDays: number;
};

const dayMs = 86_400_000;

/** Where a run can be followed, and what can be done about it. */
export function runLinks(
  { id, containerGroup, createdAt }: Pick<RunRecord, 'id' | 'containerGroup' | 'createdAt'>,
  { origin, tickets, runRetentionDays }: LinksOptions,
): RunLinks {
  const group = containerGroupUrl(origin, containerGroup);
  const self = `${group}/runs/${id}`;
  const expiresAt = createdAt + runRetentionDays * dayMs;
  return {
    self,
    logs: `${self}/logs`,
    cancel: `${self}/cancel`,
    rerun: `${self}/rerun`,
    containerGroup: group,
    ...(tickets && { result: resultUrl(origin, tickets.issue({ containerGroup, runId: id, expiresAt })) }),
  };
}

export function resultUrl(origin: string, ticket: string): string {
  return `${origin}/api/results/${ticket}`;
}
