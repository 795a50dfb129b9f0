import { beforeEach, describe, expect, test } from 'vitest';
import { showResult } from '../../src/functions/showResult.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, terminated } from '../runs/markedGroup.ts';
import { call, collaboratorsOf, launcherSecret, origin, type TestCollaborators } from './call.ts';
import { afterLaunch, launched, seen } from './storedRuns.ts';

let now: number;
let groups: InMemoryContainerGroups;
let collaborators: TestCollaborators;
let location: string;
let runId: string;

beforeEach(async () => {
  now = Date.parse('2026-01-31T13:00:00Z');
  groups = inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
  collaborators = collaboratorsOf(groups, {
    settings: { LAUNCHER_SECRET: launcherSecret, RUN_RETENTION_DAYS: '2' },
    now: () => now,
  });
  const answer = await launched(collaborators);
  location = answer.headers.get('location') ?? '';
  runId = answer.json.id;
});

const asked = (ticket = location.slice(`${origin}/api/results/`.length), over = collaborators) =>
  call(showResult(over), { params: { ticket } });

describe('the result of a run', () => {
  test('is 202, with where and when to ask again, until the run is over', async () => {
    const { status, headers, json } = await asked();

    expect([status, headers.get('location'), headers.get('retry-after')]).toEqual([202, location, '5']);
    expect(json).toMatchObject({ id: runId, status: 'NotStarted' });
  });

  test.each([
    [0, 'Succeeded'],
    [3, 'Failed'],
  ])('is 200 then, whatever the exit code: %i', async (exitCode, expected) => {
    await seen(collaborators, groups, runId, { main: terminated(exitCode, afterLaunch) });
    const { status, headers, json } = await asked();

    expect([status, json.status, headers.has('location')]).toEqual([200, expected, false]);
  });

  test('is not found with another ticket, with none that this app made, nor after the days that runs are kept', async () => {
    const ticket = location.slice(`${origin}/api/results/`.length);
    for (const wrong of ['', 'x', `${ticket}x`, ticket.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))]) {
      expect(await asked(wrong)).toMatchObject({ status: 404, json: { error: { code: 'ResultNotFound' } } });
    }
    expect((await asked(ticket, { ...collaborators, tickets: undefined })).status).toBe(404);

    now += 2 * 86_400_000;
    expect((await asked()).status).toBe(404);
  });
});
