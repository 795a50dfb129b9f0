import { beforeEach, describe, expect, test } from 'vitest';
import { launchJob } from '../../src/functions/launchJob.ts';
import { triggerJob } from '../../src/functions/triggerJob.ts';
import { jobOf } from '../jobs/jobsFile.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, terminated } from '../runs/markedGroup.ts';
import { call, collaboratorsOf, launcherSecret, type TestCollaborators } from './call.ts';
import { launched, seen } from './storedRuns.ts';

let now: number;
let groups: InMemoryContainerGroups;
let collaborators: TestCollaborators;
const job = jobOf({ map: [{ name: 'EVENT', from: 'x-event', source: 'header' }], ifRunning: 'queue' });

beforeEach(() => {
  now = Date.parse('2026-01-31T13:00:00Z');
  groups = inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
  collaborators = collaboratorsOf(groups, {
    jobs: [job],
    settings: { LAUNCHER_SECRET: launcherSecret },
    now: () => now,
  });
});

const keyed = (key: string, body: unknown = { env: { A: 1 } }) =>
  launched(collaborators, body, { 'idempotency-key': key });

describe('a request with an idempotency key that came before', () => {
  test('is answered with the run of the first, and launches nothing', async () => {
    const first = await keyed('one');
    const again = await keyed('one');

    expect(first.headers.has('idempotent-replayed')).toBe(false);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get('operation-location')).toBe(first.headers.get('operation-location'));
    expect(groups.written).toHaveLength(1);
  });

  test('is 200 once that run is over', async () => {
    const { json } = await keyed('one');
    await seen(collaborators, groups, json.id);
    const again = await keyed('one');

    expect(again).toMatchObject({ status: 200, json: { id: json.id, status: 'Succeeded' } });
    expect(again.headers.has('retry-after')).toBe(false);
  });

  test('is the same however its members are ordered and its key is written', async () => {
    const { json } = await keyed('a "b"\\'.replaceAll(' ', ''), { env: { A: 1, B: { c: 1, d: 2 } } });
    const again = await keyed('"a\\"b\\"\\\\"', { env: { B: { d: 2, c: 1 }, A: 1 } });

    expect(again).toMatchObject({ status: 202, json: { id: json.id } });
  });

  test('is 422 with another body', async () => {
    await keyed('one');

    expect(await keyed('one', { env: { A: 2 } })).toMatchObject({
      status: 422,
      json: { error: { code: 'IdempotencyKeyReused' } },
    });
    expect(groups.written).toHaveLength(1);
  });

  test('is a new one after a day', async () => {
    const { json } = await keyed('one');
    await seen(collaborators, groups, json.id);
    now += 24 * 3_600_000 - 1;
    expect((await keyed('one')).json.id).toBe(json.id);

    now += 1;
    const later = await keyed('one', { env: { A: 2 } });
    expect(later.status).toBe(202);
    expect(later.json.id).not.toBe(json.id);
  });

  test('by the name that Azure has for it is taken, too', async () => {
    const { json } = await launched(collaborators, {}, { 'repeatability-request-id': 'one' });

    expect((await launched(collaborators, {}, { 'repeatability-request-id': 'one' })).json.id).toBe(json.id);
  });

  test('is a request of its own for a job, and on another of its routes another request', async () => {
    const headers = { 'idempotency-key': 'one' };
    const ofGroup = await keyed('one', {});
    const ofJob = await call(launchJob(job, collaborators), { method: 'POST', headers });

    expect(ofJob.status).toBe(202);
    expect(ofJob.json.id).not.toBe(ofGroup.json.id);
    expect(await call(triggerJob(job, collaborators), { method: 'POST', headers })).toMatchObject({
      status: 422,
    });
  });

  test('is another one when its map takes something else from the headers', async () => {
    const trigger = (event: string) =>
      call(triggerJob(job, collaborators), {
        method: 'POST',
        headers: { 'idempotency-key': 'one', 'x-event': event },
      });
    const { json } = await trigger('push');

    expect((await trigger('push')).json.id).toBe(json.id);
    expect((await trigger('ping')).status).toBe(422);
  });

  test('is known again when the secret was rotated, and when there was none', async () => {
    const rotated = (secret: string | undefined) => ({
      ...collaborators,
      config: { ...collaborators.config, launcherSecrets: secret?.split(',') ?? [] },
    });
    const other = 'another-secret-of-more-than-32-characters';
    const headers = { 'idempotency-key': 'one' };
    const { json } = await launched(rotated(undefined), {}, headers);
    expect((await launched(rotated(other), {}, headers)).json.id).toBe(json.id);

    const second = await launched(rotated(other), { ifRunning: 'queue' }, { 'idempotency-key': 'two' });
    const again = await launched(
      rotated(`${launcherSecret},${other}`),
      { ifRunning: 'queue' },
      { 'idempotency-key': 'two' },
    );
    expect(again.json.id).toBe(second.json.id);
  });

  test('leaves neither the key nor a plain hash of what may be secret in the storage', async () => {
    await keyed('the-key', { secureEnv: { TOKEN: 'hunter2' } });
    await keyed('the-other', { secureEnv: { TOKEN: 'hunter2' }, ifRunning: 'queue' });
    const rows = JSON.stringify(
      collaborators.rows.rowsOf('11111111-2222-3333-4444-555555555555|jobs|nightly'),
    );

    expect(rows).toContain('fingerprint');
    expect(rows).not.toMatch(/the-key|hunter2/);
  });
});

test.each(['', 'two words', '"open', 'a'.repeat(256), 'ä', '"two words"'])(
  'the idempotency key %j is none',
  async (key) => {
    expect(await keyed(key)).toMatchObject({
      status: 400,
      json: { error: { details: [{ code: 'InvalidHeader', target: 'idempotency-key' }] } },
    });
    expect(groups.calls).toEqual([]);
  },
);
