import type { HttpRequest } from '@azure/functions';
import type { Fault } from '../../aci/errors.ts';
import type { LaunchOverrides } from '../../aci/plan/overrides.ts';
import type { HookEvent } from '../../hooks/events/hookEvent.ts';
import type { Job } from '../../jobs/job.ts';
import { type Payload, payloadFaults, variablesOf, whyIgnored } from '../../jobs/payload.ts';
import type { DeployedImage } from './deployedImage.ts';
import { pushedImage } from './pushedImage.ts';

/** What a job makes of an event. */
export type WantedRun = { overrides: LaunchOverrides; faults: Fault[] } | { ignored: string };

/**
 * What a job makes of an event: by its `when`, by the image that was pushed where it is for those, then by its map and contract.
 * @param deployed the image that a pushed one would take the place of; asked for only where one was pushed.
 */
export async function wantedRun(
  job: Job,
  event: HookEvent,
  request: HttpRequest,
  deployed: () => Promise<DeployedImage>,
): Promise<WantedRun> {
  const payload = payloadOf(event, request);
  const ignored = whyIgnored(job, payload);
  if (ignored !== undefined) {
    return { ignored };
  }
  const pushed = job.onImagePush && (await pushedImage(job, event, deployed));
  if (pushed && 'ignored' in pushed) {
    return pushed;
  }
  const { overrides, faults } = variablesOf(job, payload);
  return {
    overrides: { ...overrides, ...pushed?.overrides },
    faults: [...(pushed?.faults ?? []), ...faults, ...payloadFaults(job, overrides)],
  };
}

function payloadOf({ body, attributes }: HookEvent, { headers, query }: HttpRequest): Payload {
  const known = new Map<string, string>(Object.entries(attributes));
  return {
    body,
    header: (name) => headers.get(name) ?? undefined,
    query: (name) => query.get(name) ?? undefined,
    event: (attribute) => known.get(attribute),
  };
}
