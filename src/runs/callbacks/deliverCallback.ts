import { parseContainerGroupId } from '../../aci/containerGroupId.ts';
import { LauncherError } from '../../aci/errors.ts';
import { aboutRun } from '../events/aboutRun.ts';
import type { Tell } from '../events/runEvent.ts';
import type { CallbackMessage, MessageQueue } from '../queue/messages.ts';
import type { Run } from '../run.ts';
import type { RunRecord } from '../runRecord.ts';
import { SealBroken, type Sealer } from '../sealing/sealer.ts';
import { partitionOf, requestKey } from '../store/keys.ts';
import type { RunStore } from '../store/runStore.ts';
import type { CallbackAnswer } from './callbackAnswer.ts';
import { callbackEvent } from './callbackEvent.ts';
import { callbackHeaders } from './callbackHeaders.ts';
import { nextCallbackDelay } from './nextCallbackDelay.ts';
import { type CallbackLimits, sendCallback } from './sendCallback.ts';

/** How long one try may take: Standard Webhooks gives its receivers 15 to 30 seconds. */
const deadlineMs = 20_000;

/** What callbacks are delivered with. */
export type CallbackDelivery = {
  store: Pick<RunStore, 'run' | 'request' | 'putRequest'>;
  sealer: Sealer | undefined;
  callbackQueue: MessageQueue<CallbackMessage>;
  limits: CallbackLimits;
  /** What the callbacks of a job are signed with. */
  signingSecretsOf: (job: string | undefined) => readonly string[];
  /** The run as the API shows it. */
  present: (run: RunRecord) => Run;
  /** Which app this is, as a URI reference. */
  source: string;
  now: () => number;
  /** From 0 to 1, another one at each call. */
  random: () => number;
  /** Of a URL it never gets more than the host. */
  tell: Tell;
};

/**
 * Tells the caller of a run of its end, or queues the next try; once told, or given up, where to tell it is erased. At least once: a crash
 * in between tells it again, under the same id. Rejects with `StorageError`; the message must be put back then.
 */
export async function deliverCallback(delivery: CallbackDelivery, message: CallbackMessage): Promise<void> {
  const { store, callbackQueue, random, tell } = delivery;
  const group = parseContainerGroupId(message.containerGroup);
  const run = group && (await store.run(group, message.runId))?.value;
  const request = group && (await store.request(group, message.runId));
  if (!group || !run?.end || request?.callbackUrl === undefined) {
    return; // told already, or swept
  }
  const answer = await tryOnce(delivery, run, request.callbackUrl);
  const tried = { ...aboutRun(run), tries: message.tries + 1 };
  if (!answer.delivered && answer.retryable) {
    const delay = nextCallbackDelay(message.tries, random());
    if (delay !== undefined) {
      await callbackQueue.send(
        { ...message, tries: message.tries + 1 },
        Math.max(delay, answer.retryAfterSeconds ?? 0),
      );
      tell({ ...tried, event: 'callback.retried', why: answer.why });
      return;
    }
  }
  const { callbackUrl: _, ...told } = request;
  await store.putRequest(group, run.id, told);
  tell(
    answer.delivered
      ? { ...tried, event: 'callback.delivered' }
      : { ...tried, event: 'callback.gaveUp', why: answer.why },
  );
}

async function tryOnce(
  { sealer, limits, signingSecretsOf, present, source, now }: CallbackDelivery,
  run: RunRecord,
  sealedUrl: string,
): Promise<CallbackAnswer> {
  const place = {
    partition: partitionOf(run.containerGroup),
    row: requestKey(run.id),
    field: 'callbackUrl',
  };
  let url: string;
  try {
    if (sealer === undefined) {
      throw new SealBroken(place.field);
    }
    url = sealer.open(sealedUrl, place);
  } catch (error) {
    if (error instanceof LauncherError) {
      return { delivered: false, retryable: true, why: error.message }; // the secret may be put back
    }
    throw error;
  }
  const body = JSON.stringify(callbackEvent(present(run), { source }));
  const { id, job, traceparent } = run;
  const headers = callbackHeaders({ id, body, now: now(), secrets: signingSecretsOf(job), traceparent });
  return sendCallback({ url, body, headers, deadlineMs }, limits);
}
