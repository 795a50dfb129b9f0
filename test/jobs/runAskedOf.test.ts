import { describe, expect, test } from 'vitest';
import { runAskedOf } from '../../src/jobs/runAskedOf.ts';
import type { RunRequest } from '../../src/jobs/runRequest.schema.ts';
import { id } from '../runs/markedGroup.ts';
import { jobOf } from './jobsFile.ts';

const startedBy = { via: 'POST jobs/nightly/runs' };
const asked = (entry: object | undefined, request: RunRequest = {}) =>
  runAskedOf({ containerGroup: id, job: entry && jobOf(entry), request, startedBy });

describe('a run that is asked for', () => {
  test('without a job and with nothing said has the product’s own defaults', () => {
    expect(asked(undefined)).toEqual({
      containerGroup: id,
      overrides: {},
      mode: 'recreate',
      ifRunning: 'reject',
      tasks: 1,
      parallelism: 1,
      timeoutSeconds: 86_400,
      startWithinSeconds: 21_600,
      ttlSeconds: 3_600,
      startedBy,
    });
  });

  test('has what its job says in their place, and what the request says in place of that', () => {
    const entry = { container: 'main', timeoutSeconds: 60, maxRetries: 2, ifRunning: 'queue' };
    const request = { timeoutSeconds: 5, tags: { a: 'b' }, callbackUrl: 'https://hooks.example.org' };

    expect(asked(entry, request)).toMatchObject({
      job: 'nightly',
      container: 'main',
      decidingContainer: 'main',
      timeoutSeconds: 5,
      maxRetries: 2,
      ifRunning: 'queue',
      ...{ tags: request.tags, callbackUrl: request.callbackUrl },
    });
  });

  test('keeps its overrides, and only those', () => {
    const overrides = { env: { A: 1 }, secureEnv: { B: 'b' }, containers: { main: { image: 'x' } } };

    expect(asked({}, { ...overrides, maxRetries: 0 }).overrides).toEqual(overrides);
  });

  test.each([
    [{ mode: 'clone' }, {}, 1, 1],
    [{ mode: 'clone', tasks: 5 }, {}, 5, 5],
    [{ mode: 'clone', tasks: 5, parallelism: 2 }, {}, 5, 2],
    [{ mode: 'clone', tasks: 5, parallelism: 4 }, { tasks: 3 }, 3, 3],
    [{ allow: ['mode'], tasks: 5 }, {}, 1, 1],
    [{ allow: ['mode'], tasks: 5 }, { mode: 'clone' }, 5, 5],
  ] as const)('of %j by %j has %i tasks, %i at a time', (entry, request, tasks, parallelism) => {
    expect(asked(entry, request as RunRequest)).toMatchObject({ tasks, parallelism });
  });
});
