import { InvocationContext } from '@azure/functions';
import { beforeEach, describe, expect, test } from 'vitest';
import type { QueueFunction } from '../../src/functions/queues/queueFunction.ts';
import { sendCallback, sendCallbackPoison } from '../../src/functions/sendCallback.ts';
import { watchRun, watchRunPoison } from '../../src/functions/watchRun.ts';
import { StorageError } from '../../src/runs/store/rows.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, terminated } from '../runs/markedGroup.ts';
import { collaboratorsOf, resourceId, type TestCollaborators } from './call.ts';
import { afterLaunch, launched, storedRun } from './storedRuns.ts';

const now = Date.parse('2026-01-31T13:00:00Z');
const runId = '019a0000-0000-7000-8000-000000000000';
let groups: InMemoryContainerGroups;
let collaborators: TestCollaborators;
let logged: unknown[];

beforeEach(() => {
  groups = inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
  collaborators = collaboratorsOf(groups);
  logged = [];
});

/** Hands a message over as the host does. */
const handed = ({ name, handler }: QueueFunction, message: unknown) =>
  handler(
    message,
    new InvocationContext({ functionName: name, logHandler: (_, ...args) => void logged.push(...args) }),
  );

test('a message takes its run a step on', async () => {
  const { json } = await launched(collaborators);
  groups.put(
    groupOf({
      mark: { RUN_ID: json.id, RUN_ATTEMPT: '1' },
      containers: { main: terminated(0, afterLaunch) },
    }),
  );
  const [first] = collaborators.watchQueue.messages;

  await handed(watchRun(collaborators), first?.message);

  expect((await storedRun(collaborators, json.id)).end).toMatchObject({ status: 'Succeeded' });
  expect(logged).toEqual([]);
});

const watchMessage = { containerGroup: resourceId, runId, generation: 3, queuedAt: now };
const callbackMessage = { containerGroup: resourceId, runId, tries: 2 };

describe.each([
  ['watch-run', watchRun, watchRunPoison, 'watchQueue', watchMessage],
  ['send-callback', sendCallback, sendCallbackPoison, 'callbackQueue', callbackMessage],
] as const)('%s', (_, make, makePoison, queue, message) => {
  const sent = () => collaborators[queue].messages;

  test.each([
    [new StorageError('it answered 500'), 5],
    [new Error('nobody meant this'), 30],
  ])('sends a message again whose work failed, and logs why: %s', async (error, seconds) => {
    collaborators.rows.failures.get = { error };

    await handed(make(collaborators), message);

    expect(sent()).toEqual([{ message, visibleAt: now + seconds * 1_000 }]);
    expect(logged).toEqual([error]);
  });

  test('leaves it to the host when that fails, too', async () => {
    const failure = { error: new StorageError('it answered 500') };
    collaborators.rows.failures.get = failure;
    collaborators[queue].failure = failure;

    await expect(handed(make(collaborators), message)).rejects.toThrow(StorageError);
  });

  test('drops what is no message of ours, and says so without showing it', async () => {
    for (const wrong of [
      'hunter2',
      '{',
      null,
      [],
      {},
      { ...message, runId: 7 },
      { ...message, runId: 'a/b' },
      { ...message, containerGroup: null },
    ]) {
      await handed(make(collaborators), wrong);
    }

    expect(sent()).toEqual([]);
    expect(logged).toHaveLength(8);
    expect(JSON.stringify(logged)).not.toContain('hunter2');
  });

  test('takes nothing for a run of a group that is none', async () => {
    await handed(make(collaborators), { ...message, containerGroup: '/subscriptions/x' });

    expect([sent(), logged]).toEqual([[], []]);
  });

  test('gets back a minute later what the host gave up', async () => {
    await handed(makePoison(collaborators), message);

    expect(sent()).toEqual([{ message, visibleAt: now + 60_000 }]);
  });
});
