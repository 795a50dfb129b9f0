import type { AboutRun, EndEvent, Happening } from '../../../src/runs/events/runEvent.ts';

/** The members of a union's members that have this event, whichever of its members they are. */
type MembersOf<Event extends Happening['event']> =
  Extract<Happening, { event: Event }> extends infer Each
    ? Each extends object
      ? Exclude<keyof Each, 'event'>
      : never
    : never;

const ofEnd: Record<Exclude<keyof Extract<Happening, { event: EndEvent }>, 'event'>, true> = {
  status: true,
  reason: true,
  code: true,
  attempts: true,
  runSeconds: true,
  totalSeconds: true,
  exitCodes: true,
  tasks: true,
};

/** The types see to it that this is all that events say, of whatever event. */
const members: { [Event in Exclude<Happening['event'], EndEvent>]: Record<MembersOf<Event>, true> } = {
  'run.created': { startedBy: true, tasks: true },
  'run.waiting': { reason: true, code: true, task: true },
  'run.launched': { attempt: true, waitedSeconds: true, waitReason: true, task: true },
  'run.started': { attempt: true, startSeconds: true, task: true },
  'run.attemptFailed': { attempt: true, exitCodes: true, task: true },
  'run.stopRequested': { why: true },
  'callback.delivered': { tries: true },
  'callback.retried': { tries: true, why: true },
  'callback.gaveUp': { tries: true, why: true },
};

const about: Record<keyof AboutRun, true> = {
  runId: true,
  containerGroup: true,
  job: true,
  mode: true,
  traceId: true,
};

/** What each event says besides of which run it is. */
export const eventMembers: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    ...members,
    'run.finished': ofEnd,
    'run.failed': ofEnd,
    'run.timedOut': ofEnd,
    'run.canceled': ofEnd,
  } satisfies Record<Happening['event'], object>).map(([event, said]) => [event, Object.keys(said)]),
);

/** All that any event says. */
export const membersOfAll = new Set(['event', ...Object.keys(about), ...Object.values(eventMembers).flat()]);
