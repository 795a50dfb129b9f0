import { expect, test } from 'vitest';
import { ArmError } from '../../../src/aci/errors.ts';
import { decideTask, type Sight } from '../../../src/runs/life/decideTask.ts';
import { settle } from '../../../src/runs/life/settle.ts';
import type { RunRecord, Task, Wish } from '../../../src/runs/runRecord.ts';
import { askedAt, groupOf, running, terminated } from '../markedGroup.ts';
import { recordOf } from '../runRecords.ts';

const second = 1000;

const notFound = new ArmError({ code: 'ResourceNotFound', message: 'It is not there.', status: 404 });
const absent: Sight = { kind: 'absent', error: notFound };
const unseen: Sight = {
  kind: 'unseen',
  error: new ArmError({ code: 'ArmTimeout', message: 'Nothing came.' }),
};
const otherMark = { RUN_ID: '019c0000-0000-7000-8000-000000000000', RUN_ATTEMPT: '1' };

function seen(group: Parameters<typeof groupOf>[0]): Sight {
  return { kind: 'seen', document: groupOf(group) };
}

const launched: Partial<Task> = {
  attempt: 1,
  launch: { at: askedAt, accepted: false, lastStarts: {} },
  claim: { by: 'somebody', until: askedAt + 45 * second },
};

const { claim: _, ...settled } = launched;
const watched: Partial<Task> = { ...settled, phase: 'watching' };

type Asked = { wish?: Wish; mayLaunch?: boolean; run?: Partial<RunRecord> };

/** What is decided for a task, so many seconds after the run was asked for. */
function decide(task: Partial<Task>, sight: Sight | undefined, seconds: number, asked: Asked = {}) {
  const run = recordOf(asked.run, task);
  return decideTask(run.tasks[0] as Task, sight, {
    run,
    wish: asked.wish,
    mayLaunch: asked.mayLaunch ?? true,
    now: askedAt + seconds * second,
  });
}

const cancel: Wish = { kind: 'cancel', at: askedAt };

test('a task that waits is launched once its group is not busy', () => {
  expect(decide({}, seen({ provisioningState: 'Creating' }), 0).task).toMatchObject({
    phase: 'waiting',
    waitReason: 'GroupBusy',
    notBefore: askedAt + 5 * second,
  });
  expect(decide({}, seen({}), 0).effect).toEqual({ kind: 'launch', index: 0 });
});

test('a task that waits for its turn, or for its time, is not launched', () => {
  expect(decide({}, seen({}), 0, { mayLaunch: false }).effect).toBeUndefined();
  expect(decide({ notBefore: askedAt + second }, seen({}), 0).effect).toBeUndefined();
});

test('a task that waits ends at once when its run is canceled', () => {
  expect(decide({}, undefined, 0, { wish: cancel }).task).toMatchObject({
    phase: 'over',
    end: { status: 'Canceled', reason: 'CanceledByCaller' },
  });
});

test('one answer that the group is not there is no reason to end, two half a minute apart are', () => {
  const once = decide({}, absent, 0).task;
  const soon = decide(once, absent, 29).task;

  expect([once.phase, soon.phase]).toEqual(['waiting', 'waiting']);
  expect(decide(soon, absent, 30).task).toMatchObject({
    phase: 'over',
    end: { reason: 'GroupDeleted', error: { message: 'It is not there.' } },
  });
});

test('a group that is seen in between was never gone', () => {
  const back = decide(decide(watched, absent, 0).task, seen({ containers: { main: running() } }), 20).task;

  expect(back.absentSince).toBeUndefined();
  expect(decide(back, absent, 40).task.phase).toBe('watching');
});

test('a launch is settled when the group carries its mark, and its claim is over then', () => {
  const { task } = decide({ ...launched, phase: 'launching' }, seen({ containers: { main: running() } }), 5);

  expect(task).toMatchObject({
    phase: 'watching',
    launch: { accepted: true },
    startedAt: expect.any(String),
  });
  expect(task.claim).toBeUndefined();
});

test('the mark of an earlier attempt settles nothing', () => {
  const second = { ...launched, phase: 'launching', attempt: 2 } as const;

  expect(decide(second, seen({ containers: { main: terminated(1) } }), 5).task.phase).toBe('launching');
});

test('a launch without a mark is made again 120 seconds after its claim, and no sooner', () => {
  const unmarked = seen({ mark: otherMark });
  const trying = decide({ ...launched, phase: 'launching' }, unmarked, 44).task;
  const quiet = decide(trying, unmarked, 45).task;

  expect(quiet.launch?.quietSince).toBe(askedAt + 45 * second);
  expect(decide(quiet, unseen, 300).task.phase).toBe('launching');
  expect(decide(quiet, unmarked, 164).task.phase).toBe('launching');
  expect(decide(quiet, unmarked, 165).task).toMatchObject({ phase: 'waiting', attempt: 1 });
});

test('a canceled run is not launched again', () => {
  const quiet = {
    ...launched,
    phase: 'launching',
    launch: { at: askedAt, accepted: false, lastStarts: {}, quietSince: askedAt },
  } as const;

  expect(decide(quiet, seen({ mark: otherMark }), 165, { wish: cancel }).task).toMatchObject({
    phase: 'over',
    end: { reason: 'CanceledByCaller' },
  });
});

test('a launch that ARM accepted and that leaves no mark was overwritten', () => {
  const accepted = {
    ...launched,
    phase: 'launching',
    launch: { at: askedAt, accepted: true, lastStarts: {}, quietSince: askedAt },
  } as const;

  expect(decide(accepted, seen({ mark: otherMark }), 165).task.end?.reason).toBe('GroupChanged');
});

test('a group that carries another mark twice, half a minute apart, was changed by somebody', () => {
  const once = decide(watched, seen({ mark: otherMark }), 100).task;

  expect(once.phase).toBe('watching');
  expect(decide(once, seen({ mark: otherMark }), 130).task.end?.reason).toBe('GroupChanged');
});

test('logs are kept before anything is stopped, and the task is over once nothing runs', () => {
  const ended = seen({ containers: { main: terminated(0), sidecar: running() } });
  const run = { decidingContainer: 'main' };

  const first = decide(watched, ended, 30, { run });
  expect(first.effect).toEqual({ kind: 'keepLogs', index: 0 });
  const second = decide({ ...first.task, logsKept: true }, ended, 30, { run });
  expect(second.effect).toEqual({ kind: 'stop', index: 0 });
  const atRest = seen({ containers: { main: terminated(0), sidecar: terminated(137) } });
  expect(decide(second.task, atRest, 40, { run }).task).toMatchObject({
    phase: 'over',
    end: { status: 'Succeeded' },
  });
});

test('a group is not given on while a stop may still be under way', () => {
  const stopping = {
    ...launched,
    phase: 'ending',
    end: { status: 'Succeeded', reason: 'Completed' },
    endingSince: askedAt,
    logsKept: true,
  } as const;
  const atRest = seen({ containers: { main: terminated(0) } });

  expect(decide(stopping, atRest, 164).task.phase).toBe('ending');
  expect(decide(stopping, atRest, 165).task.phase).toBe('over');
});

test('what cannot be stopped is given up after a quarter of an hour, and the end says so', () => {
  const stuck = {
    attempt: 1,
    phase: 'ending',
    end: { status: 'Failed', reason: 'TimedOut', error: { code: 'TimedOut', message: 'Too long.' } },
    endingSince: askedAt,
    logsKept: true,
  } as const;

  expect(decide(stuck, seen({ containers: { main: running() } }), 900).task).toMatchObject({
    phase: 'over',
    end: { reason: 'TimedOut', error: { message: expect.stringContaining('could not be stopped') } },
  });
});

test('a failure is tried again as often as the run says, under Never alone', () => {
  const failed = seen({ containers: { main: terminated(1) } });

  expect(decide(watched, failed, 30, { run: { maxRetries: 1 } }).task).toMatchObject({
    phase: 'waiting',
    failures: 1,
    notBefore: askedAt + 40 * second,
  });
  expect(decide({ ...watched, failures: 1 }, failed, 30, { run: { maxRetries: 1 } }).task.phase).toBe(
    'ending',
  );
  const always = seen({ restartPolicy: 'Always', containers: { main: terminated(1) } });
  expect(decide(watched, always, 30, { run: { maxRetries: 1 } }).task.phase).toBe('ending');
});

test('a copy is never made over a group that is none of this run’s', () => {
  const run = { mode: 'clone' } as const;

  expect(decide({}, absent, 0, { run }).effect).toEqual({ kind: 'launch', index: 0 });
  expect(decide({}, seen({ mark: otherMark }), 0, { run }).task).toMatchObject({
    phase: 'over',
    end: { reason: 'LaunchRejected', error: { code: 'ContainerGroupAlreadyExists' } },
  });
});

test('a retry that ARM refuses for good ends what the failed launch left running first', () => {
  const forbidden = new ArmError({ code: 'AuthorizationFailed', message: 'No.', status: 403 });
  const run = recordOf({}, { ...launched, attempt: 2, failures: 1, phase: 'launching' });

  const settled = settle(run, [{ kind: 'launch', index: 0, by: 'somebody', error: forbidden }], askedAt);
  expect(settled.tasks[0]).toMatchObject({ phase: 'ending', attempt: 1, end: { reason: 'LaunchRejected' } });
  const leftover = seen({ containers: { main: terminated(1), sidecar: running() } });
  expect(decide({ ...settled.tasks[0], logsKept: true }, leftover, 5).effect).toEqual({
    kind: 'stop',
    index: 0,
  });
});
