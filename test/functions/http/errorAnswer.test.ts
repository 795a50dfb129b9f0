import { HttpResponse } from '@azure/functions';
import { describe, expect, test } from 'vitest';
import {
  ArmError,
  CannotClone,
  type Fault,
  InvalidRequest,
  LauncherError,
  NeedsClone,
  NotFound,
  RunInProgress,
  ScopeNotAllowed,
  SecretsRequired,
} from '../../../src/aci/errors.ts';
import { errorAnswer } from '../../../src/functions/http/errorAnswer.ts';
import { RequestRefused } from '../../../src/functions/http/requestRefused.ts';
import {
  IdempotencyKeyReused,
  LauncherSecretRequired,
  QueueFull,
  RunIsOver,
  RunNotStored,
  SecretsToSendAgain,
} from '../../../src/runs/errors.ts';
import { SealBroken } from '../../../src/runs/sealing/sealer.ts';
import { JobGone } from '../../../src/runs/step/planTask.ts';
import { StorageError } from '../../../src/runs/store/rows.ts';

const fault: Fault = { code: 'InvalidValue', target: '/env', message: 'It is wrong.' };
const arm = (given: Partial<ConstructorParameters<typeof ArmError>[0]>) =>
  new ArmError({ code: 'SomeCode', message: 'What ARM says.', ...given });

async function answerOf(error: unknown) {
  const { status, headers, json } = await wire(error);
  expect(headers.get('x-ms-error-code')).toBe(json.error.code);
  return { status, code: json.error.code, retryAfter: headers.get('retry-after') };
}

/** The answer as it goes over the wire. */
async function wire(error: unknown) {
  const response = new HttpResponse(errorAnswer(error));
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}

describe('an error of ours becomes an answer', () => {
  test.each<[LauncherError, number, string]>([
    [new InvalidRequest([fault]), 400, 'InvalidRequest'],
    [
      new RequestRefused({ status: 413, code: 'RequestBodyTooLarge', message: 'x' }),
      413,
      'RequestBodyTooLarge',
    ],
    [
      new RequestRefused({ status: 415, code: 'UnsupportedMediaType', message: 'x' }),
      415,
      'UnsupportedMediaType',
    ],
    [new RequestRefused({ status: 403, code: 'HostNotAllowed', message: 'x' }), 403, 'HostNotAllowed'],
    [new ScopeNotAllowed('/subscriptions/x'), 403, 'ScopeNotAllowed'],
    [new NotFound('JobNotFound', 'x'), 404, 'JobNotFound'],
    [new NotFound('RunNotFound', 'x'), 404, 'RunNotFound'],
    [new NotFound('ContainerNotFound', 'x'), 404, 'ContainerNotFound'],
    [new RunInProgress('a-run'), 409, 'RunInProgress'],
    [new SecretsRequired([fault]), 422, 'SecretsRequired'],
    [new NeedsClone([fault]), 422, 'NeedsClone'],
    [new CannotClone([fault]), 422, 'CannotClone'],
    [new LauncherSecretRequired('secureEnv'), 422, 'LauncherSecretRequired'],
    [new IdempotencyKeyReused(), 422, 'IdempotencyKeyReused'],
    [new SecretsToSendAgain([fault]), 422, 'SecretsRequired'],
    [new RunIsOver('a-run', 'Succeeded'), 409, 'RunIsOver'],
    [new JobGone('nightly'), 404, 'JobNotFound'],
    [new SealBroken('secrets'), 500, 'SealBroken'],
  ])('%s: %i %s', async (error, status, code) => {
    expect(await answerOf(error)).toEqual({ status, code, retryAfter: null });
  });

  test.each<[LauncherError, number, string, string]>([
    [new QueueFull(500), 429, 'RunQueueFull', '60'],
    [new RunNotStored(), 503, 'RunNotStored', '5'],
    [new StorageError('it answered 500'), 503, 'StorageUnavailable', '5'],
  ])('%s: %i %s, to be tried again after %s seconds', async (error, status, code, retryAfter) => {
    expect(await answerOf(error)).toEqual({ status, code, retryAfter });
  });

  test('says what to do where a secret that sealed something is gone', async () => {
    expect((await wire(new SealBroken('secrets'))).json.error.message).toContain('LAUNCHER_SECRET');
  });

  test("in Azure's envelope, with every fault in its details", async () => {
    const { json, headers } = await wire(new InvalidRequest([fault, { ...fault, target: '/b' }]));

    expect(json).toEqual({
      error: {
        code: 'InvalidRequest',
        message: 'The request has 2 faults; details names each.',
        details: [fault, { ...fault, target: '/b' }],
      },
    });
    expect(headers.get('content-type')).toBe('application/json');
  });

  test('without details where there is nothing to add', async () => {
    expect((await wire(new NotFound('JobNotFound', 'x'))).json.error).not.toHaveProperty('details');
  });

  test('with the id of the run that holds the group', async () => {
    expect((await wire(new RunInProgress('a-run'))).json.error.details).toEqual([
      { code: 'Run', target: 'a-run', message: "The run that holds the group is 'a-run'." },
    ]);
  });

  test('with a hundred faults at most, and says so', async () => {
    const faults = (count: number) => Array.from({ length: count }, () => fault);
    const { json } = await wire(new InvalidRequest(faults(101)));

    expect(json.error.details).toHaveLength(100);
    expect(json.error.message).toBe(
      'The request has 101 faults; details names each. The first 100 are shown.',
    );
    expect((await wire(new InvalidRequest(faults(100)))).json.error.message).not.toContain('are shown');
  });
});

describe("an error of Azure's", () => {
  test.each([
    [400, 400],
    [401, 502], // it refused the app's token, not the caller's
    [402, 402],
    [403, 403],
    [404, 404],
    [409, 409],
    [422, 422],
    [429, 429],
    [499, 499],
    [500, 502],
    [501, 502],
    [502, 502],
    [503, 503],
    [504, 502],
    [302, 502],
    [199, 502],
  ])('with status %i is answered with %i, under its own code', async (status, expected) => {
    expect(await answerOf(arm({ status }))).toEqual({ status: expected, code: 'SomeCode', retryAfter: null });
  });

  test.each([
    ['ArmTimeout', 504],
    ['CredentialUnavailable', 503],
    ['ArmUnreachable', 502],
    ['UnexpectedAnswer', 502],
  ])('%s, without a status, is answered with %i', async (code, status) => {
    expect(await answerOf(arm({ code }))).toMatchObject({ status, code });
  });

  test('keeps its message and details', async () => {
    expect((await wire(arm({ status: 400, faults: [fault] }))).json.error).toEqual({
      code: 'SomeCode',
      message: 'What ARM says.',
      details: [fault],
    });
  });

  test('keeps its Retry-After, also of no seconds', async () => {
    expect(await answerOf(arm({ status: 429, retryAfterSeconds: 372 }))).toMatchObject({ retryAfter: '372' });
    expect(await answerOf(arm({ status: 409, retryAfterSeconds: 0 }))).toMatchObject({ retryAfter: '0' });
  });

  test('shows nothing of its cause', async () => {
    const { text } = await wire(arm({ cause: new Error('Bearer hunter2') }));

    expect(text).not.toMatch(/hunter2|cause/);
  });
});

describe('an error that nobody meant', () => {
  class Unmapped extends LauncherError {
    readonly code = 'Unmapped';
  }

  test.each([
    [new Error('hunter2')],
    [new TypeError("Cannot read properties of undefined (reading 'hunter2')")],
    [Object.assign(new Error('x'), { code: 'hunter2', status: 404, message: 'hunter2', faults: [fault] })],
    ['hunter2'],
    [{ status: 200, jsonBody: 'hunter2' }],
    [undefined],
    [null],
  ])('is 500 without a word of it: %s', async (error) => {
    const { status, text, json } = await wire(error);

    expect(status).toBe(500);
    expect(json).toEqual({
      error: {
        code: 'InternalServerError',
        message: 'The launcher failed; its log names the cause by x-ms-request-id.',
      },
    });
    expect(text).not.toContain('hunter2');
    expect((await answerOf(error)).code).toBe('InternalServerError');
  });

  test('is 500 also when it is one of ours that has no status yet', async () => {
    expect(await answerOf(new Unmapped('x'))).toMatchObject({ status: 500, code: 'Unmapped' });
  });
});
