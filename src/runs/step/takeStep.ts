import { parseContainerGroupId, resourceIdOf } from '../../aci/containerGroupId.ts';
import { ArmError, LauncherError } from '../../aci/errors.ts';
import { type AppliedLaunch, freeHead, type Head } from '../head.ts';
import { beginLaunch, beginStop, newClaim } from '../life/beginLaunch.ts';
import { type Decision, decideNextStep, type Sights, tasksToLookAt } from '../life/decideNextStep.ts';
import type { Effect, Sight } from '../life/decideTask.ts';
import { intervals } from '../life/intervals.ts';
import { nextLookAt } from '../life/nextLookAt.ts';
import { type Outcome, refuse, refuseForNow, settle } from '../life/settle.ts';
import type { WatchMessage } from '../queue/messages.ts';
import type { RunRecord } from '../runRecord.ts';
import { requireRoom } from '../store/fits.ts';
import type { Stored } from '../store/runStore.ts';
import { openRequest, withoutSecrets } from '../store/storedRequest.ts';
import { copiesDueAt } from './copiesDueAt.ts';
import { performDuties } from './duties.ts';
import { lookAt, lookAtTasks } from './look.ts';
import { performKeepLogs, performLaunch, performStop } from './perform.ts';
import { JobGone, type PlannedLaunch, planTask, rememberLaunch } from './planTask.ts';
import type { Reconciler } from './reconciler.ts';

/** How long a message without a run is kept: its request may not have been stored yet. */
const orphanMs = 600_000;
const orphanDelayMs = 30_000;

/** What cannot be done for a run that is over is tried less and less often, but at least so often. */
const longestDutyDelayMs = 6 * 3_600_000;

/** The logs of so many tasks are kept at once, at most. */
const mostLogs = 10;

/** What a template looked like so long ago may not fit what is remembered of its launches: others may have launched it since. */
const longestLookMs = 2 * intervals.armCall;
const lookTooOld = {
  code: 'LookTooOld',
  message: 'What the container group looked like was known too late.',
};

/** So often what a launch replaces is put into the head of its group as it is by then, before the group is looked at anew. */
const mostCommits = 5;

/** No message is delayed for longer: a queue takes seven days. */
const longestDelayMs = 6 * 24 * 3_600_000;

/**
 * Takes the next step of a run: looks at its group, decides, stores what it decided and does it. Whoever takes it, and however often,
 * a run goes on: a message for the step after this one is queued before anything is stored, and a step that finds that
 * somebody else stored something meanwhile leaves the run to them.
 * Rejects with `StorageError`, and with whatever is a fault of our own; the message must be put back then.
 */
export async function takeStep(reconciler: Reconciler, message: WatchMessage): Promise<void> {
  const group = parseContainerGroupId(message.containerGroup);
  if (group === undefined) {
    return;
  }
  const stored = await reconciler.store.run(group, message.runId);
  if (stored === undefined) {
    return keepOrphan(reconciler, message);
  }
  if (message.generation !== undefined && message.generation < stored.value.generation) {
    return;
  }
  // Where nothing can be stored, nothing tells a message from its copies either: they are few as long as they are slow.
  const isUnstored = message.generation !== undefined && message.generation > stored.value.generation;
  const pause = isUnstored ? intervals.certainty : 0;
  await reconciler.inTrace(stored.value.traceparent, () => advance(reconciler, stored, pause));
}

async function keepOrphan({ watchQueue, now }: Reconciler, message: WatchMessage): Promise<void> {
  if (Math.abs(now() - message.queuedAt) < orphanMs) {
    await watchQueue.send(message, orphanDelayMs / 1000);
  }
}

/**
 * Goes on with a run as far as it goes without waiting.
 * @param pause until the look after this one, at least, in milliseconds.
 */
export async function advance(reconciler: Reconciler, given: Stored<RunRecord>, pause = 0): Promise<void> {
  let stored: Stored<RunRecord> | undefined = given;
  while (stored !== undefined) {
    stored = stored.value.end ? await finish(reconciler, stored) : await step(reconciler, stored, pause);
  }
}

/** @returns the run when there is more to do at once. */
async function step(
  reconciler: Reconciler,
  stored: Stored<RunRecord>,
  pause: number,
): Promise<Stored<RunRecord> | undefined> {
  const { store, containerGroups, now, newToken } = reconciler;
  const { containerGroup: group, mode } = stored.value;
  const head: Stored<Head> =
    mode === 'recreate' ? await store.head(group) : { value: freeHead, etag: undefined };
  const sights = await lookAtTasks(
    containerGroups,
    stored.value,
    tasksToLookAt(stored.value, head.value, now()),
  );
  const { decision, launches, applied } = await decide(reconciler, stored.value, head.value, sights);
  const stops = decision.effects.filter(({ kind }) => kind === 'stop');
  const writes = launches.length + stops.length > 0;
  const at = now();
  const claim = newClaim(newToken(), at);
  const launched = launches.reduce(
    (run, { task, lastStarts }) => beginLaunch(run, task.index, lastStarts, claim, at),
    decision.run,
  );
  const next: RunRecord = {
    ...stops.reduce((run, { index }) => beginStop(run, index, claim), launched),
    generation: stored.value.generation + 1,
    ...(writes && { lookAt: at + intervals.settling }),
  };
  await queueLook(reconciler, { ...next, lookAt: Math.max(next.lookAt, at + pause) }, at);
  return onceQueued(reconciler, () =>
    carryOut(reconciler, stored, head, next, decision, launches, stops, applied),
  );
}

/** Stores what was decided, and does it. @returns the run when there is more to do at once. */
async function carryOut(
  reconciler: Reconciler,
  stored: Stored<RunRecord>,
  head: Stored<Head>,
  next: RunRecord,
  decision: Decision,
  launches: PlannedLaunch[],
  stops: Effect[],
  applied: readonly AppliedLaunch[],
): Promise<Stored<RunRecord> | undefined> {
  const { store, containerGroups, now } = reconciler;
  const { containerGroup: group, id, mode } = next;
  const isLaunch = mode === 'recreate' && launches.length > 0;
  const request = next.end && (await erased(reconciler, next));
  let was = stored;
  let held = head;
  for (let tries = 1; ; tries += 1) {
    // Who comes to wait for the group, or waits no more, breaks into no launch: what launches replaced changes only with the row of the run
    // that holds the group.
    const after = isLaunch ? { ...held.value, launches: applied } : decision.head;
    const isCommitted = await store.commit(group, {
      run: { value: next, was },
      ...(after !== head.value && { head: { value: after, etag: held.etag } }),
      ...request,
    });
    if (isCommitted) {
      break;
    }
    const again = await unlessAdvanced(reconciler, stored.value);
    if (again === undefined || !isLaunch || tries === mostCommits) {
      return again;
    }
    was = again;
    held = await store.head(group);
  }
  if (launches.length + stops.length === 0) {
    return next.end ? store.run(group, id) : undefined;
  }
  const outcomes = await Promise.all([
    ...launches.map((launch) => performLaunch(containerGroups, next, launch, now)),
    ...stops.map(({ index }) => performStop(containerGroups, next, index, now)),
  ]);
  return settleStored(reconciler, next, outcomes);
}

/**
 * Goes on with a step whose next look is queued. What goes wrong is reported, not thrown: a message that is put back beside its own
 * successor makes two, and each of those two more.
 */
async function onceQueued<Value>(
  { report }: Reconciler,
  work: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    report(error);
    return undefined;
  }
}

/** The run again, when not it but the group's head was changed: nobody else took this step. */
async function unlessAdvanced({ store }: Reconciler, run: RunRecord): Promise<Stored<RunRecord> | undefined> {
  const again = await store.run(run.containerGroup, run.id);
  return again?.value.token === run.token ? again : undefined;
}

/** What was decided, with the launches that could be planned. */
type Decided = {
  decision: Decision;
  launches: PlannedLaunch[];
  /** What the group's launches replaced, these among them. */
  applied: readonly AppliedLaunch[];
};

/** Decides, keeps logs when that is next, and plans launches; what cannot be planned is refused, and decided on anew. */
async function decide(
  reconciler: Reconciler,
  given: RunRecord,
  head: Head,
  sights: Sights,
): Promise<Decided> {
  const { store, containerGroups, now } = reconciler;
  // However long what follows takes: no group was looked at again, and its absence is not seen twice.
  const seenAt = now();
  let decision = decideNextStep(given, head, sights, seenAt);
  const logs = decision.effects.filter(({ kind }) => kind === 'keepLogs');
  if (logs.length > 0) {
    const run = decision.run;
    // No more at once than a function has time for, however slow the answers: the others' turn is at the next look.
    const outcomes: Outcome[] = await Promise.all(
      logs.slice(0, mostLogs).map(({ index }) => performKeepLogs(containerGroups, store, run, index)),
    );
    decision = decideNextStep(settle(run, outcomes, now()), head, sights, seenAt);
  }
  for (;;) {
    const asked = decision.effects.filter(({ kind }) => kind === 'launch');
    if (asked.length === 0) {
      return { decision, launches: [], applied: [] };
    }
    const { run, launches, applied } = await planLaunches(reconciler, decision.run, head, sights, asked);
    if (launches.length === asked.length) {
      return { decision, launches, applied };
    }
    decision = decideNextStep(run, head, sights, seenAt);
  }
}

/** Plans launches. @returns those that can be, and the run with the others refused. */
async function planLaunches(
  reconciler: Reconciler,
  run: RunRecord,
  head: Head,
  sights: Sights,
  asked: readonly Effect[],
): Promise<{ run: RunRecord; launches: PlannedLaunch[]; applied: readonly AppliedLaunch[] }> {
  const { store, now } = reconciler;
  const indexes = asked.map(({ index }) => index);
  const refuseAll = (error: LauncherError) => ({
    run: indexes.reduce((refused, index) => refuse(refused, index, error, now()), run),
    launches: [],
    applied: [],
  });
  const putOff = (why: Exclude<Sight, { kind: 'seen' }>) => ({
    run: indexes.reduce((put, index) => refuseForNow(put, index, why, now()), run),
    launches: [],
    applied: [],
  });
  const lookedAt = now();
  const template = await templateSight(reconciler, run, sights);
  if (template?.kind !== 'seen') {
    return putOff(template ?? { kind: 'unseen', error: new ArmError(lookTooOld) });
  }
  const secrets = reconciler.secretsOf(run.job);
  if (secrets === undefined) {
    return refuseAll(new JobGone(run.job ?? ''));
  }
  const request = await store.request(run.containerGroup, run.id);
  // A copy is of the group as its own runs left it, of which this one knows nothing yet.
  const { launches: applied = [] } =
    run.mode === 'recreate' ? head : (await store.head(run.containerGroup)).value;
  if (now() - lookedAt > longestLookMs) {
    return putOff({ kind: 'unseen', error: new ArmError(lookTooOld) });
  }
  let refused = run;
  let remembered = applied;
  const launches: PlannedLaunch[] = [];
  for (const index of indexes) {
    const task = run.tasks[index];
    const sight = sights.get(index);
    if (task === undefined) {
      continue;
    }
    try {
      const changes = openRequest(
        request ?? { overrides: {} },
        run.containerGroup,
        run.id,
        reconciler.sealer,
      );
      requireRoom(run, template.document);
      const copy = run.mode === 'clone' && sight?.kind === 'seen' ? sight.document : undefined;
      const launch = planTask(run, task, template.document, copy, changes, applied, secrets);
      launches.push(launch);
      if (launch.applied) {
        const its = { runId: run.id, attempt: task.attempt + 1, applied: launch.applied };
        remembered = rememberLaunch(remembered, template.document, its);
      }
    } catch (error) {
      if (!(error instanceof LauncherError)) {
        throw error;
      }
      refused = refuse(refused, index, error, now());
    }
  }
  return { run: refused, launches, applied: remembered };
}

/** The group that the run is of: what was just seen of it, or for copies a look of its own. */
function templateSight(
  { containerGroups }: Reconciler,
  run: RunRecord,
  sights: Sights,
): Promise<Sight> | Sight | undefined {
  return run.mode === 'recreate' ? sights.get(0) : lookAt(containerGroups, run.containerGroup);
}

/** What is stored of the request of a run that is over: nothing that anybody may not see, but where to tell of it. */
async function erased({ store }: Reconciler, run: RunRecord) {
  const request = await store.request(run.containerGroup, run.id);
  return request && { request: withoutSecrets(request) };
}

/** Stores how the effects went, over whatever others stored meanwhile. @returns the run when it is over now. */
export async function settleStored(
  reconciler: Reconciler,
  begun: RunRecord,
  outcomes: readonly Outcome[],
): Promise<Stored<RunRecord> | undefined> {
  const { store, now } = reconciler;
  for (let tries = 0; tries < mostSettles; tries += 1) {
    const stored = await store.run(begun.containerGroup, begun.id);
    if (stored === undefined || stored.value.end) {
      return undefined; // somebody saw how it went before its answer came
    }
    const released = settle(stored.value, outcomes, now());
    const head = released.mode === 'recreate' ? (await store.head(begun.containerGroup)).value : freeHead;
    const run: RunRecord = { ...released, lookAt: nextLookAt(released, head, now()) };
    if (await store.commit(begun.containerGroup, { run: { value: run, was: stored } })) {
      return run.tasks.every(({ phase }) => phase === 'over')
        ? store.run(begun.containerGroup, begun.id)
        : undefined;
    }
  }
  return undefined;
}

const mostSettles = 5;

/** Does what is left for a run that is over. @returns nothing: whatever is not done yet has its message. */
async function finish(reconciler: Reconciler, stored: Stored<RunRecord>): Promise<undefined> {
  const { value: run } = stored;
  if (run.duties.length === 0) {
    return;
  }
  const { store, now } = reconciler;
  const isWaiting = run.duties.every((duty) => duty === 'copies') && now() < copiesDueAt(run);
  const lookAt = isWaiting
    ? copiesDueAt(run)
    : now() + Math.max(intervals.certainty, Math.min((now() - copiesDueAt(run)) / 4, longestDutyDelayMs));
  const next = { ...run, generation: run.generation + 1, lookAt };
  await queueLook(reconciler, next, now());
  await onceQueued(reconciler, async () => {
    const duties = await performDuties(reconciler, run);
    await store.commit(run.containerGroup, { run: { value: { ...next, duties }, was: stored } });
  });
}

/** Queues the look after this one. */
export async function queueLook({ watchQueue }: Reconciler, run: RunRecord, now: number): Promise<void> {
  const delay = Math.min(Math.max(run.lookAt - now, 0), longestDelayMs);
  await watchQueue.send(
    {
      containerGroup: resourceIdOf(run.containerGroup),
      runId: run.id,
      generation: run.generation,
      queuedAt: now,
    },
    Math.ceil(delay / 1000),
  );
}
