import { describe, expect, test } from 'vitest';
import { jobRequestFaults } from '../../src/jobs/request.ts';
import { check, type RunRequest } from '../../src/jobs/runRequest.schema.ts';
import { jobOf } from './jobsFile.ts';

const callbacks = { allowedHosts: ['hooks.example.org'], allowLoopback: false };

const shapeFaults = (body: unknown) => check(body).map(({ code, target }) => [code, target]);

function faultsOf(entry: object, request: RunRequest) {
  expect(check(request)).toEqual([]);
  return jobRequestFaults(jobOf(entry), request, callbacks).map(({ code, target }) => [code, target]);
}

describe('the shape of a RunRequest', () => {
  test('is right with every member, and with none', () => {
    const container = {
      env: { A: 1 },
      secureEnv: { B: 'b' },
      command: ['x', ''],
      image: 'image:tag',
      resources: { requests: { cpu: 1 }, limits: {} },
    };
    const request = {
      env: { TEXT: 't', NUMBER: 1, FLAG: true, LIST: [1], OBJECT: {}, GONE: null },
      secureEnv: { TOKEN: 't' },
      containers: { main: container },
      mode: 'clone',
      tasks: 100,
      parallelism: 1,
      timeoutSeconds: 604_800,
      startWithinSeconds: 1,
      maxRetries: 0,
      ttlSeconds: 0,
      ifRunning: 'queue',
      callbackUrl: 'https://hooks.example.org/',
      tags: { stage: 'test' },
      dryRun: true,
    };

    expect(shapeFaults(request)).toEqual([]);
    expect(shapeFaults({})).toEqual([]);
  });

  test.each([[[]], ['{}'], [1], [null], [true]])('is wrong for %j', (body) => {
    expect(shapeFaults(body)).toEqual([['InvalidValue', '']]);
  });

  test('has every fault named at once', () => {
    expect(
      shapeFaults({
        env: [],
        secureEnv: { A: 1, 'b/c': null },
        containers: {
          main: { command: [], image: '', resources: { request: {}, requests: 1 }, environment: {} },
          side: { command: 'run', env: null },
          other: 1,
        },
        ifRunning: 'wait',
        dryRun: 'true',
        mode: 'copy',
        tasks: 0,
        parallelism: 101,
        timeoutSeconds: 604_801,
        startWithinSeconds: 1.5,
        maxRetries: 11,
        ttlSeconds: -1,
        callbackUrl: '',
        tags: { a: 1 },
        retries: 1,
      }).sort(),
    ).toEqual([
      ['InvalidValue', '/callbackUrl'],
      ['InvalidValue', '/containers/main/command'],
      ['InvalidValue', '/containers/main/image'],
      ['InvalidValue', '/containers/main/resources/requests'],
      ['InvalidValue', '/containers/other'],
      ['InvalidValue', '/containers/side/command'],
      ['InvalidValue', '/containers/side/env'],
      ['InvalidValue', '/dryRun'],
      ['InvalidValue', '/env'],
      ['InvalidValue', '/ifRunning'],
      ['InvalidValue', '/maxRetries'],
      ['InvalidValue', '/mode'],
      ['InvalidValue', '/parallelism'],
      ['InvalidValue', '/secureEnv/A'],
      ['InvalidValue', '/secureEnv/b~1c'],
      ['InvalidValue', '/startWithinSeconds'],
      ['InvalidValue', '/tags/a'],
      ['InvalidValue', '/tasks'],
      ['InvalidValue', '/timeoutSeconds'],
      ['InvalidValue', '/ttlSeconds'],
      ['UnknownMember', '/containers/main/environment'],
      ['UnknownMember', '/containers/main/resources/request'],
      ['UnknownMember', '/retries'],
    ]);
  });

  test('knows what a misspelt member may mean', () => {
    expect(check({ ENV: {} })[0]?.message).toBe("'ENV' is not known here; did you mean 'env'?");
    expect(check({ containers: { main: { comand: ['x'] } } })[0]?.message).toBe(
      "'comand' is not known here; did you mean 'command'?",
    );
  });

  test('shows no value that was sent', () => {
    const faults = check({ secureEnv: { A: { hunter: 2 } }, env: 'hunter2', ifRunning: 'hunter2' });

    expect(faults).toHaveLength(3);
    expect(JSON.stringify(faults)).not.toContain('hunter');
  });
});

describe('what a job lets its callers send', () => {
  const everything: RunRequest = {
    env: { A: 1 },
    secureEnv: { B: 'b' },
    containers: { main: { env: {}, secureEnv: {}, command: ['x'], image: 'i', resources: {} } },
    ifRunning: 'replace',
    dryRun: true,
  };

  test('is env when it does not say, and dryRun always', () => {
    expect(faultsOf({}, everything)).toEqual([
      ['NotAllowed', '/secureEnv'],
      ['NotAllowed', '/ifRunning'],
      ['NotAllowed', '/containers'],
      ['NotAllowed', '/containers/main/secureEnv'],
      ['NotAllowed', '/containers/main/command'],
      ['NotAllowed', '/containers/main/image'],
      ['NotAllowed', '/containers/main/resources'],
    ]);
    expect(faultsOf({ allow: [] }, { dryRun: true })).toEqual([]);
    expect(faultsOf({ allow: [] }, { env: {} })).toEqual([['NotAllowed', '/env']]);
  });

  test('is what it allows, in every container alike', () => {
    expect(faultsOf({ allow: ['containers', 'image'] }, everything)).toEqual([
      ['NotAllowed', '/env'],
      ['NotAllowed', '/secureEnv'],
      ['NotAllowed', '/ifRunning'],
      ['NotAllowed', '/containers/main/env'],
      ['NotAllowed', '/containers/main/secureEnv'],
      ['NotAllowed', '/containers/main/command'],
      ['NotAllowed', '/containers/main/resources'],
    ]);
    const all = ['env', 'secureEnv', 'containers', 'command', 'image', 'resources', 'ifRunning'];
    expect(faultsOf({ allow: all }, everything)).toEqual([]);
  });

  test('is said in the message', () => {
    const [fault] = jobRequestFaults(jobOf({ allow: ['ifRunning'] }), { env: {} }, callbacks);

    expect(fault?.message).toBe("'env' may not be sent: job 'nightly' allows ifRunning.");
  });

  test('is never a reserved name, an impossible one, a NUL character or one variable twice', () => {
    const allow = ['env', 'secureEnv', 'containers'];

    expect(
      faultsOf(
        { allow },
        {
          env: { run_id: 'x', 'a/b': 1, TWICE: 1, NUL: ['\0'], LITERAL_NUL: '\0' },
          secureEnv: { TWICE: 'x' },
          containers: { 'x/y': { env: { RUN_ATTEMPT: 2 }, secureEnv: { '': 'x' } } },
        },
      ),
    ).toEqual([
      ['InvalidVariableName', '/env/run_id'],
      ['InvalidVariableName', '/env/a~1b'],
      ['InvalidVariableValue', '/env/LITERAL_NUL'],
      ['DuplicateVariable', '/secureEnv/TWICE'],
      ['InvalidVariableName', '/containers/x~1y/env/RUN_ATTEMPT'],
      ['InvalidVariableName', '/containers/x~1y/secureEnv/'],
    ]);
  });
});

describe("a job's contract", () => {
  const env = {
    type: 'object',
    properties: { DATE: { type: 'string', format: 'date' }, TOKEN: { type: 'string', minLength: 3 } },
    required: ['DATE'],
    additionalProperties: false,
  };

  test('holds env, and is held when there is none', () => {
    expect(faultsOf({ env }, { env: { DATE: '2026-01-31' } })).toEqual([]);
    expect(faultsOf({ env }, { env: { DATE: '31.1.', OTHER: 1 } })).toEqual([
      ['UnknownMember', '/env/OTHER'],
      ['InvalidValue', '/env/DATE'],
    ]);
    expect(faultsOf({ env }, {})).toEqual([['MissingMember', '/env/DATE']]);
    expect(faultsOf({ env }, { env: { DATE: null } })).toEqual([['InvalidValue', '/env/DATE']]);
  });

  test('holds secure variables too, and points at where they were sent', () => {
    const entry = { env, allow: ['env', 'secureEnv'] };

    expect(faultsOf(entry, { env: { DATE: '2026-01-31' }, secureEnv: { TOKEN: 'abc' } })).toEqual([]);
    expect(faultsOf(entry, { secureEnv: { DATE: '2026-01-31' } })).toEqual([]);
    expect(faultsOf(entry, { secureEnv: { TOKEN: 'a', OTHER: 'x' } })).toEqual([
      ['MissingMember', '/env/DATE'],
      ['UnknownMember', '/secureEnv/OTHER'],
      ['InvalidValue', '/secureEnv/TOKEN'],
    ]);
    expect(faultsOf(entry, { env: { DATE: '2026-01-31' }, secureEnv: { 'x/y': 'x' } })).toEqual([
      ['InvalidVariableName', '/secureEnv/x~1y'],
      ['UnknownMember', '/secureEnv/x~1y'],
    ]);
  });

  test('has no way around it by the member for a container', () => {
    const request: RunRequest = {
      env: { DATE: '2026-01-31' },
      containers: { main: { env: { OTHER: 1 } }, side: { secureEnv: { OTHER: 'x' } } },
    };
    const allow = ['env', 'secureEnv', 'containers'];

    expect(faultsOf({ env, allow, container: 'main' }, request)).toEqual([
      ['NotAllowed', '/containers/main'],
    ]);
    expect(faultsOf({ env, allow }, request)).toEqual([
      ['NotAllowed', '/containers/main'],
      ['NotAllowed', '/containers/side'],
    ]);
  });

  test('shows no value of a secure variable', () => {
    const strict = {
      type: 'object',
      properties: { TOKEN: { type: 'string', enum: ['a'], pattern: '^a$', maxLength: 1 } },
    };
    const job = jobOf({ env: { ...strict }, allow: ['secureEnv'] });
    const faults = jobRequestFaults(job, { secureEnv: { TOKEN: 'hunter2' } }, callbacks);

    expect(faults.length).toBeGreaterThan(0);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });
});

describe('what goes with which mode', () => {
  const allow = ['mode', 'tasks', 'parallelism', 'ttlSeconds', 'ifRunning'];
  const copies = { tasks: 2, parallelism: 1, ttlSeconds: 60 };

  test('is copies with clone alone, whether the request or the job says so', () => {
    const faults = [
      ['InvalidMember', '/tasks'],
      ['InvalidMember', '/parallelism'],
      ['InvalidMember', '/ttlSeconds'],
    ];
    expect(faultsOf({ allow }, copies)).toEqual(faults);
    expect(faultsOf({ allow, mode: 'clone' }, { ...copies, mode: 'recreate' })).toEqual(faults);
    expect(faultsOf({ allow }, { ...copies, mode: 'clone' })).toEqual([]);
    expect(faultsOf({ allow, mode: 'clone' }, copies)).toEqual([]);
  });

  test('is no waiting with clone, where the request itself asks for both', () => {
    for (const ifRunning of ['queue', 'replace'] as const) {
      expect(faultsOf({ allow }, { mode: 'clone', ifRunning })).toEqual([['InvalidMember', '/ifRunning']]);
      expect(faultsOf({ allow, mode: 'clone' }, { ifRunning })).toEqual([]);
      expect(faultsOf({ allow, ifRunning }, { mode: 'clone' })).toEqual([]);
    }
    expect(faultsOf({ allow }, { mode: 'clone', ifRunning: 'reject' })).toEqual([]);
  });
});

describe('what else a request may not say', () => {
  test('is a callback to a host that is not allowed, and a tag that Azure does not take', () => {
    const entry = { allow: ['callbackUrl', 'tags'] };

    expect(faultsOf(entry, { callbackUrl: 'https://hooks.example.org/x', tags: { a: 'b' } })).toEqual([]);
    expect(faultsOf(entry, { callbackUrl: 'http://10.0.0.1/', tags: { 'a<b': 'x'.repeat(257) } })).toEqual([
      ['CallbackNotAllowed', '/callbackUrl'],
      ['CallbackNotAllowed', '/callbackUrl'],
      ['InvalidTagName', '/tags/a<b'],
      ['InvalidTagValue', '/tags/a<b'],
    ]);
  });
});
