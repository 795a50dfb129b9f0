import { beforeEach, describe, expect, test } from 'vitest';
import { ArmError } from '../../src/aci/errors.ts';
import { health } from '../../src/functions/health.ts';
import type { HttpFunction } from '../../src/functions/http/endpoint.ts';
import { StorageError } from '../../src/runs/store/rows.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { call, collaboratorsOf, type TestCollaborators } from './call.ts';

const seconds = (count: number) => count * 1000;
const unreachable = new ArmError({ code: 'ArmUnreachable', message: 'hunter2 could not be reached.' });

let now: number;
let groups: InMemoryContainerGroups;
let collaborators: TestCollaborators;
let ofTheApp: HttpFunction;
beforeEach(() => {
  now = Date.parse('2026-01-31T13:00:00Z');
  groups = inMemoryContainerGroups();
  collaborators = collaboratorsOf(groups, { now: () => now });
  ofTheApp = health(collaborators);
});

describe('the health of the app', () => {
  test('is 200 while ARM and the storage answer', async () => {
    expect(await call(ofTheApp)).toMatchObject({
      status: 200,
      json: {
        status: 'Healthy',
        dependencies: { arm: { status: 'Healthy' }, storage: { status: 'Healthy' } },
      },
    });
  });

  test('is 503 while it does not, with the code and no more, for anybody may ask', async () => {
    groups.failures.listSubscriptions = { error: unreachable };
    const logged: unknown[] = [];

    const { status, text, json } = await call(ofTheApp, {}, { logged });

    expect(status).toBe(503);
    expect(json).toEqual({
      status: 'Unhealthy',
      dependencies: {
        arm: { status: 'Unhealthy', code: 'ArmUnreachable' },
        storage: { status: 'Healthy' },
      },
    });
    expect(text).not.toContain('hunter2');
  });

  test('is 503 while the storage does not, without which no run is taken', async () => {
    collaborators.rows.failures.get = { error: new StorageError('hunter2 answered 403') };

    const { status, text, json } = await call(ofTheApp);

    expect(status).toBe(503);
    expect(json.dependencies).toEqual({
      arm: { status: 'Healthy' },
      storage: { status: 'Unhealthy', code: 'StorageUnavailable' },
    });
    expect(text).not.toContain('hunter2');
  });

  test('tells nothing of an error that nobody meant', async () => {
    groups.failures.listSubscriptions = { error: Object.assign(new Error('hunter2'), { code: 'hunter2' }) };

    expect((await call(ofTheApp)).json.dependencies.arm).toEqual({
      status: 'Unhealthy',
      code: 'InternalServerError',
    });
  });

  test('asks Azure once in ten seconds at most, however often and at once it is asked', async () => {
    await Promise.all(Array.from({ length: 20 }, () => call(ofTheApp)));
    now += seconds(10) - 1;
    await call(ofTheApp);
    expect(groups.calls).toHaveLength(1);

    now += 1;
    await call(ofTheApp);
    expect(groups.calls).toHaveLength(2);
  });

  test('recovers, and falls ill, within these ten seconds', async () => {
    groups.failures.listSubscriptions = { error: unreachable };
    expect((await call(ofTheApp)).status).toBe(503);

    groups.failures = {};
    expect((await call(ofTheApp)).status).toBe(503);
    now += seconds(10);
    expect((await call(ofTheApp)).status).toBe(200);

    groups.failures.listSubscriptions = { error: unreachable };
    expect((await call(ofTheApp)).status).toBe(200);
    now += seconds(10);
    expect((await call(ofTheApp)).status).toBe(503);
  });

  test('is asked anew when the clock was set back', async () => {
    await call(ofTheApp);
    now -= seconds(3600);
    await call(ofTheApp);

    expect(groups.calls).toHaveLength(2);
  });
});
