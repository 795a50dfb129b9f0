import { copyName } from '../../aci/clone/copyName.ts';
import { resourceIdOf } from '../../aci/containerGroupId.ts';
import type { ArmError } from '../../aci/errors.ts';
import { RunInProgress } from '../../aci/errors.ts';
import {
  IdempotencyKeyReused,
  LauncherSecretRequired,
  QueueFull,
  RunNotStored,
  RunTooLarge,
} from '../errors.ts';
import { enter, type Head, mostQueued } from '../head.ts';
import type { createKeyedLock } from '../keyedLock.ts';
import { beginLaunch, newClaim } from '../life/beginLaunch.ts';
import { decideNextStep } from '../life/decideNextStep.ts';
import type { Sight } from '../life/decideTask.ts';
import { intervals } from '../life/intervals.ts';
import { launchFailure } from '../life/launchFailure.ts';
import { newRunRecord, type RunRecord } from '../runRecord.ts';
import { lookAt } from '../step/look.ts';
import { performLaunch } from '../step/perform.ts';
import { isUnknownLaunch, JobGone, type PlannedLaunch, planTask, rememberLaunch } from '../step/planTask.ts';
import type { Reconciler } from '../step/reconciler.ts';
import { advance, settleStored } from '../step/takeStep.ts';
import { fits, requireRoom } from '../store/fits.ts';
import { partitionOf } from '../store/keys.ts';
import { StorageError } from '../store/rows.ts';
import type { Commit, KnownKey, RunChange, Stored } from '../store/runStore.ts';
import { hasSecrets, sealRequest } from '../store/storedRequest.ts';
import { inTime, type Wait } from './inTime.ts';
import type { RunAsked } from './runAsked.ts';
import { runVariables } from './runVariables.ts';

/** What requests are taken with, besides what runs are brought to their end with. */
export type Requests = Reconciler & {
  /** Of the request that is being answered, where it is part of a trace. */
  traceparent: () => string | undefined;
  newRunId: () => string;
  /** Shared by all requests of this process. */
  lock: ReturnType<typeof createKeyedLock>;
  wait: Wait;
};

export type Submitted = {
  run: RunRecord;
  /** Who holds the group, to tell whether the run waits for another; undefined in mode clone. */
  head?: Head;
  /** Whether the run is that of an earlier request with the same idempotency key. */
  isReplay: boolean;
  /** Why ARM refused the launch for good; the run is over then. */
  rejection?: ArmError;
};

/** How long a request may go on trying to be stored, in milliseconds. */
const storeWithin = 20_000;

/** What a request found; all of it may be old by the time at which its run is stored, which then fails. */
type Found = {
  sight: Sight | undefined;
  head: Stored<Head>;
  known: Stored<KnownKey> | undefined;
};

/**
 * Takes a request for a run: checks it against the group, stores it, and takes its first step when that can be taken now. It is stored
 * whole or not at all, and whoever finds it stored brings it to its end.
 * @param inlineMs how long the first step may be waited for.
 * @throws LauncherSecretRequired, IdempotencyKeyReused, RunInProgress, QueueFull, RunTooLarge, RunNotStored; as `planLaunch`, and ArmError
 *   when the group cannot be had; StorageError.
 */
export async function submitRun(requests: Requests, asked: RunAsked, inlineMs: number): Promise<Submitted> {
  const { sealer, now, lock, watchQueue, containerGroups } = requests;
  const { containerGroup: group } = asked;
  if (sealer === undefined && (hasSecrets(asked.overrides) || asked.callbackUrl !== undefined)) {
    throw new LauncherSecretRequired(asked.callbackUrl === undefined ? 'secureEnv' : 'callbackUrl');
  }
  const began = now();
  const id = requests.newRunId();
  let found = await look(requests, asked, inlineMs);
  let isWatched = false;

  /** @returns nothing when somebody else changed the group's rows at the same time. */
  const store = async (): Promise<Submitted | Composed | undefined> => {
    const replayed = await replay(requests, asked, found);
    if (replayed) {
      return replayed;
    }
    const composed = await compose(requests, asked, id, found);
    if (!isWatched) {
      const message = { containerGroup: resourceIdOf(group), runId: id, generation: 0, queuedAt: now() };
      await watchQueue.send(message, intervals.settling / 1000);
      isWatched = true;
    }
    return (await requests.store.commit(group, composed.commit)) ? composed : undefined;
  };

  let stored = await store();
  while (stored === undefined) {
    // Others came at the same time. Those of this process go one after another now; those of others still meet here.
    stored = await lock(partitionOf(group), async () => {
      if (now() - began > storeWithin) {
        throw new RunNotStored(); // most of the time may have gone by in waiting for the others
      }
      found = { ...(await readRows(requests, asked)), sight: found.sight };
      if (asked.mode === 'recreate' && found.head.value.current === undefined) {
        // Somebody may have launched it meanwhile.
        found = await knowingItsLaunch(requests, asked, {
          ...found,
          sight: await lookAt(containerGroups, group),
        });
      }
      return store();
    });
  }
  if (!('commit' in stored)) {
    return stored;
  }
  try {
    return await begin(requests, stored, Math.max(inlineMs - (now() - began), 0));
  } catch (error) {
    if (!(error instanceof StorageError)) {
      throw error;
    }
    // It is stored, and its message is queued: it goes on, whatever this request could not do or see of it.
    const { run, head } = stored;
    return { run, isReplay: false, ...(run.mode === 'recreate' && { head }) };
  }
}

async function look(requests: Requests, asked: RunAsked, inlineMs: number): Promise<Found> {
  const { containerGroups, wait } = requests;
  const [sight, rows] = await Promise.all([
    inTime(wait, inlineMs, lookAt(containerGroups, asked.containerGroup)),
    readRows(requests, asked),
  ]);
  return knowingItsLaunch(requests, asked, { ...rows, sight });
}

/** The same; where somebody launched the group after the rows were read, with what they are since. */
async function knowingItsLaunch(requests: Requests, asked: RunAsked, found: Found): Promise<Found> {
  const { sight, head } = found;
  return sight?.kind === 'seen' && isUnknownLaunch(sight.document, head.value.launches ?? [])
    ? { ...(await readRows(requests, asked)), sight }
    : found;
}

async function readRows({ store }: Requests, asked: RunAsked): Promise<Omit<Found, 'sight'>> {
  const { containerGroup, idempotency } = asked;
  const [head, known] = await Promise.all([
    store.head(containerGroup),
    idempotency && store.key(containerGroup, idempotency.hash),
  ]);
  return { head, known };
}

/** The run that the request's idempotency key stands for. @throws IdempotencyKeyReused */
async function replay(
  { store, now }: Requests,
  { containerGroup, idempotency }: RunAsked,
  { head, known }: Found,
): Promise<Submitted | undefined> {
  if (known === undefined || known.value.expiresAt <= now()) {
    return undefined;
  }
  const { fingerprint, olderFingerprints = [] } = idempotency ?? {};
  if (![fingerprint, ...olderFingerprints].includes(known.value.fingerprint)) {
    throw new IdempotencyKeyReused();
  }
  const run = await store.run(containerGroup, known.value.runId);
  return run && { run: run.value, head: head.value, isReplay: true };
}

/** A run with all that is to be stored of it at once, and its launch when that comes next. */
type Composed = { run: RunRecord; head: Head; commit: Commit; launch?: PlannedLaunch; superseded: string[] };

/** @throws RunInProgress, QueueFull, RunTooLarge, ArmError, and as `planLaunch` */
async function compose(
  requests: Requests,
  asked: RunAsked,
  id: string,
  { sight, head, known }: Found,
): Promise<Composed> {
  const { sealer, secretsOf, now, newToken } = requests;
  const { containerGroup: group, idempotency } = asked;
  if (sight && sight.kind !== 'seen' && !isWorthWaiting(sight)) {
    throw sight.error;
  }
  const at = now();
  const live = sight?.kind === 'seen' ? sight.document : undefined;
  const { launches: applied = [] } = head.value;
  const empty = emptyRecord(asked, id, at, requests.traceparent());
  const secrets = secretsOf(asked.job);
  if (secrets === undefined) {
    throw new JobGone(asked.job ?? '');
  }
  const [task] = empty.tasks;
  const plan = live && task && planTask(empty, task, live, undefined, asked, applied, secrets);
  const only = live?.properties.containers[0]?.name ?? '';
  const record: RunRecord = {
    ...empty,
    env: runVariables(asked.overrides, asked.container ?? only),
    warnings: plan?.warnings ?? [],
  };
  const remembered =
    live && plan?.applied && rememberLaunch(applied, live, { runId: id, attempt: 1, applied: plan.applied });
  requireRoom(record, live);
  const request = sealRequest(asked, group, id, sealer);
  if (!fits(request)) {
    throw new RunTooLarge('what it is to change has no room in a row of the table');
  }
  const others = asked.mode === 'recreate' ? await othersOf(requests, asked, head.value, at) : [];
  const entered =
    asked.mode === 'recreate' ? enter(head.value, id, asked.ifRunning === 'replace') : head.value;
  const sights = new Map(sight && asked.mode === 'recreate' ? [[0, sight]] : []);
  const decision = decideNextStep(record, entered, sights, at);
  const isLaunched = plan !== undefined && decision.effects.some(({ kind }) => kind === 'launch');
  const run: RunRecord = isLaunched
    ? {
        ...beginLaunch(decision.run, 0, plan.lastStarts, newClaim(newToken(), at), at),
        lookAt: at + intervals.settling,
      }
    : decision.run;
  return {
    run,
    head: decision.head,
    superseded: others.map(({ value }) => value.id),
    ...(isLaunched && { launch: plan }),
    commit: {
      run: { value: run, was: undefined },
      request,
      others,
      ...(asked.mode === 'recreate' && {
        head: {
          value: { ...decision.head, ...(isLaunched && remembered && { launches: remembered }) },
          etag: head.etag,
        },
      }),
      ...(idempotency && {
        key: {
          hash: idempotency.hash,
          known: { runId: id, fingerprint: idempotency.fingerprint, expiresAt: at + idempotency.lifetime },
          etag: known?.etag,
        },
      }),
    },
  };
}

/** Whether Azure is only busy: it is not when nothing was said why it did not answer, which may as well be a fault of the settings. */
function isWorthWaiting({ kind, error }: Exclude<Sight, { kind: 'seen' }>): boolean {
  const failure = launchFailure(error);
  return kind === 'unseen' && failure.kind === 'wait' && failure.reason !== undefined;
}

function emptyRecord(
  asked: RunAsked,
  id: string,
  createdAt: number,
  traceparent: string | undefined,
): RunRecord {
  const { containerGroup, mode, job, decidingContainer, container, maxRetries, idempotency } = asked;
  return newRunRecord({
    id,
    containerGroup,
    mode,
    createdAt,
    startedBy: asked.startedBy,
    timeoutSeconds: asked.timeoutSeconds,
    startWithinSeconds: asked.startWithinSeconds,
    ttlSeconds: asked.ttlSeconds,
    parallelism: asked.parallelism,
    env: [],
    warnings: [],
    hasCallback: asked.callbackUrl !== undefined,
    ifRunning: asked.ifRunning,
    ...(job !== undefined && { job }),
    ...(container !== undefined && { container }),
    ...(decidingContainer !== undefined && { decidingContainer }),
    ...(maxRetries !== undefined && { maxRetries }),
    ...(idempotency && { keyRow: idempotency.hash }),
    ...(traceparent !== undefined && { traceparent }),
    groups:
      mode === 'recreate'
        ? [containerGroup.name]
        : Array.from({ length: asked.tasks }, (_, index) => copyName(containerGroup.name, id, index)),
  });
}

/**
 * The runs that this one is to replace, with that noted: the one that holds the group, and one that waits in front to replace it.
 * @throws RunInProgress when it is to replace none; QueueFull.
 */
async function othersOf(
  { store }: Requests,
  { containerGroup, ifRunning }: RunAsked,
  { current, queue }: Head,
  now: number,
): Promise<RunChange[]> {
  if (current === undefined) {
    return [];
  }
  if (ifRunning === 'reject') {
    throw new RunInProgress(current);
  }
  if (queue.length >= mostQueued) {
    throw new QueueFull(queue.length);
  }
  if (ifRunning === 'queue') {
    return [];
  }
  const found = await Promise.all([current, ...queue.slice(0, 1)].map((id) => store.run(containerGroup, id)));
  return found
    .filter((run) => run !== undefined)
    .filter(({ value }) => value.id === current || value.ifRunning === 'replace')
    .filter(({ value }) => !value.end && !value.wish)
    .map((was) => ({ value: { ...was.value, wish: { kind: 'supersede', at: now } }, was }));
}

/** The first step of a run that is stored, as far as there is time to wait for it; the rest is for whoever gets its message. */
async function begin(requests: Requests, composed: Composed, inlineMs: number): Promise<Submitted> {
  const { store, containerGroups, watchQueue, wait, now } = requests;
  const { run, head, launch, superseded } = composed;
  const group = run.containerGroup;
  for (const runId of superseded) {
    await watchQueue.send({ containerGroup: resourceIdOf(group), runId, queuedAt: now() }, 0);
  }
  const asStored: Submitted = { run, isReplay: false, ...(run.mode === 'recreate' && { head }) };
  if (run.mode === 'clone') {
    const step = store.run(group, run.id).then((stored) => stored && advance(requests, stored));
    await inTime(wait, inlineMs, step);
    return { ...asStored, run: (await store.run(group, run.id))?.value ?? run };
  }
  if (launch === undefined) {
    return asStored;
  }
  const outcome = await inTime(wait, inlineMs, performLaunch(containerGroups, run, launch, now));
  if (outcome?.error === undefined) {
    return asStored; // what the launch came to is seen by the mark that it leaves
  }
  const settled = await settleStored(requests, run, [outcome]);
  if (settled) {
    await advance(requests, settled);
  }
  const after = (await store.run(group, run.id))?.value ?? run;
  const isRefused = after.end?.reason === 'LaunchRejected' || after.end?.reason === 'ImagePull';
  return { ...asStored, run: after, ...(isRefused && { rejection: outcome.error as ArmError }) };
}
