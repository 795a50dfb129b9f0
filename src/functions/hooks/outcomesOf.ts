import type { HttpRequest } from '@azure/functions';
import type { Fault } from '../../aci/errors.ts';
import type { JsonValue } from '../../aci/json.ts';
import { toPointer } from '../../aci/jsonPointer.ts';
import type { HookEvent } from '../../hooks/events/hookEvent.ts';
import type { Job } from '../../jobs/job.ts';
import { runAskedOf } from '../../jobs/runAskedOf.ts';
import type { Collaborators } from '../collaborators.ts';
import { throwFaults } from '../http/checkedBody.ts';
import { ownIdempotency } from '../http/idempotency.ts';
import { type DeployedImage, deployedImage } from './deployedImage.ts';
import type { Outcome } from './submitEvents.ts';
import { wantedRun } from './wantedRun.ts';

/**
 * What each event of a delivery is to come to. One that is delivered again, with whatever else in it, asks for the same run for as long
 * as that run is kept.
 * @throws InvalidRequest with every fault of every event: a delivery is taken whole or not at all; as `deployedImage`.
 */
export async function outcomesOf(
  request: HttpRequest,
  job: Job,
  { events, body }: { events: readonly HookEvent[]; body: JsonValue },
  { requests }: Pick<Collaborators, 'requests'>,
): Promise<Outcome[]> {
  let deployed: Promise<DeployedImage> | undefined;
  const deployedOnce = () => {
    deployed ??= deployedImage(requests, job);
    return deployed;
  };
  const wanted = await Promise.all(
    events.map(async (event) => ({ event, run: await wantedRun(job, event, request, deployedOnce) })),
  );
  throwFaults(
    wanted.flatMap(({ event, run }) =>
      'ignored' in run ? [] : run.faults.map((fault) => inDelivery(fault, event, body)),
    ),
  );
  return wanted.map(({ event: { deliveryId }, run }) => {
    if ('ignored' in run) {
      return run;
    }
    const idempotency =
      deliveryId === undefined
        ? undefined
        : ownIdempotency(`hook ${job.name}`, deliveryId, requests.retention);
    const { containerGroup, name } = job;
    const startedBy = { via: `POST hooks/${name}` };
    return runAskedOf({ containerGroup, job, request: run.overrides, startedBy, idempotency });
  });
}

/** A fault of an event, with its place in what was sent. */
function inDelivery(fault: Fault, event: HookEvent, body: JsonValue): Fault {
  const index = Array.isArray(body) ? body.indexOf(event.body) : -1;
  const isInBody = fault.target === '' || fault.target.startsWith('/');
  return index >= 0 && isInBody ? { ...fault, target: `${toPointer(index)}${fault.target}` } : fault;
}
