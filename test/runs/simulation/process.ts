import type { AzureClock } from '../../../src/aci/azureClock.ts';
import { ArmError } from '../../../src/aci/errors.ts';
import { RowConflict, StorageError } from '../../../src/runs/store/rows.ts';
import type { EffectName, Faults } from './faults.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

/** One invocation of a function: it dies as a whole, and what it waits for then never comes. */
export type Process = {
  isDead: boolean;
  /** Its machine's time, right or wrong, in milliseconds since 1970. */
  localNow: () => number;
  /** The time that it goes by: its machine's until the storage account's answers tell it better (docs/decisions/0005). */
  clock: AzureClock;
  /** Called when it dies. */
  onDeath: () => void;
};

export type World = {
  timeline: Timeline;
  faults: Faults;
  random: Random;
  /** What fails each time just now: refused when it is denied, else broken. */
  outage?: { effect: EffectName; isDenied: boolean } | undefined;
};

/** How an effect behaves. */
export type EffectSpec<Answer> = {
  name: EffectName;
  /** Does it, and tells what it answers; may throw what the service would answer. */
  work: () => Answer;
  /** The answer when it could be an old one, for reads that may be stale. */
  stale?: () => Answer;
  /** What answers that there is none though there is. */
  missing?: () => Answer;
  /** Makes a conditional write fail by changing what it depends on. */
  disturb?: () => void;
  /** Does it twice. */
  twice?: () => void;
};

/** What nobody comes back from; one for each who waits, for one for all would keep every dead process. */
const never = (): Promise<never> => new Promise(() => {});

/** Long enough for every claim to be over. */
const freezeMs = 150_000;

/** Does something to the world, in its time and with the fault that the seed has for it. */
export async function perform<Answer>(
  world: World,
  process: Process,
  { name, work, stale, missing, disturb, twice }: EffectSpec<Answer>,
): Promise<Answer> {
  const { timeline, faults, random } = world;
  if (process.isDead) {
    return never();
  }
  const { outage } = world;
  const fault = outage?.effect === name ? undefined : faults.draw(name);
  await timeline.sleep(random.between(1, 400));
  if (process.isDead) {
    return never();
  }
  const hear = hearDate(process, name, timeline.now());
  if (outage?.effect === name) {
    hear();
    throw outage.isDenied ? denied(name) : broken(name);
  }
  switch (fault) {
    case 'crash before':
      die(process);
      return never();
    case 'crash after':
      attempt(work);
      die(process);
      return never();
    case 'answer lost':
      attempt(work);
      await timeline.sleep(random.between(100, 30_000));
      throw unknown(name);
    case 'effect late':
      timeline.at(timeline.now() + random.between(1_000, 60_000), () => attempt(work));
      await timeline.sleep(random.between(100, 5_000));
      throw unknown(name);
    case 'claim expired': {
      const answer = settled(work);
      await timeline.sleep(freezeMs);
      hear();
      return revive(process, answer);
    }
    case 'stale GET':
      return (stale ?? work)();
    case 'missing once':
      return (missing ?? work)();
    case 'duplicate message':
      twice?.();
      break;
    case 'ETag conflict':
      disturb?.();
      break;
    case '409':
      hear();
      throw conflict(name, work);
    case '429':
      hear();
      throw throttled(name);
    case '5xx':
      hear();
      throw broken(name);
    case undefined:
      break;
  }
  const answer = settled(work);
  await timeline.sleep(random.between(1, 300));
  hear();
  return revive(process, answer);
}

/** The storage account dates each of its answers; those of ARM are not looked at. @param at when it answers. */
function hearDate({ clock }: Process, name: EffectName, at: number): () => void {
  return () => (isArm(name) ? undefined : clock.observe(new Date(at).toUTCString()));
}

export function die(process: Process): void {
  if (!process.isDead) {
    process.isDead = true;
    process.onDeath();
  }
}

function revive<Answer>(process: Process, answer: () => Answer): Answer | Promise<never> {
  return process.isDead ? never() : answer();
}

/** What a piece of work came to, to be told later. */
function settled<Answer>(work: () => Answer): () => Answer {
  try {
    const answer = work();
    return () => answer;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // whoever asked does not hear of it
  }
}

const isArm = (name: EffectName) => name.startsWith('arm.');
const isWrite = (name: EffectName) => ['arm.put', 'arm.stop', 'arm.delete'].includes(name);

function unknown(name: EffectName): Error {
  return isArm(name)
    ? new ArmError({ code: 'ArmTimeout', message: 'no answer', outcomeUnknown: isWrite(name) })
    : new StorageError('no answer');
}

function broken(name: EffectName): Error {
  return isArm(name)
    ? new ArmError({
        code: 'InternalServerError',
        message: 'broken',
        status: 500,
        outcomeUnknown: isWrite(name),
      })
    : new StorageError('500');
}

function denied(name: EffectName): Error {
  return isArm(name)
    ? new ArmError({ code: 'AuthorizationFailed', message: 'not allowed', status: 403 })
    : new StorageError('403');
}

function throttled(name: EffectName): Error {
  return isArm(name)
    ? new ArmError({ code: 'TooManyRequests', message: 'too many', status: 429, retryAfterSeconds: 20 })
    : new StorageError('429');
}

/** ARM is busy; of a table it is the answer to a commit that was made the first time, and whose answer got lost. */
function conflict(name: EffectName, work: () => unknown): Error {
  if (isArm(name)) {
    return new ArmError({ code: 'ContainerGroupTransitioning', message: 'busy', status: 409 });
  }
  attempt(work);
  return new RowConflict();
}
