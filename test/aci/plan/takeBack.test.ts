import { describe, expect, test } from 'vitest';
import type { ContainerGroupDocument, EnvironmentVariable } from '../../../src/aci/document.ts';
import { SecretsRequired } from '../../../src/aci/errors.ts';
import { planLaunch } from '../../../src/aci/plan/planLaunch.ts';
import type { Secret } from '../../../src/aci/plan/secrets.ts';
import { takeBack } from '../../../src/aci/plan/takeBack.ts';
import { callArm, groupOf } from '../../local/aci/armCaller.ts';
import { answerTo, withoutMarkOf } from './armAnswer.ts';
import type { Asked } from './launches.ts';

const mark = { runId: '019a0000-0000-7000-8000-000000000000', attempt: 1 };

function group(environmentVariables: EnvironmentVariable[], properties: object = {}): ContainerGroupDocument {
  return {
    properties: {
      osType: 'Linux',
      restartPolicy: 'Never',
      containers: [{ name: 'main', properties: { image: 'image:1', environmentVariables } }],
      ...properties,
    },
  };
}

function launch(live: ContainerGroupDocument, asked: Partial<Asked>, secrets: readonly Secret[] = []) {
  const { document, applied } = planLaunch(live, { overrides: {}, ...asked, mark }, secrets);
  return { applied, after: answerTo(document) };
}

/** The main container as it is after a launch has been taken back. */
function mainAfter(live: ContainerGroupDocument, asked: Partial<Asked>, secrets: readonly Secret[] = []) {
  const { after, applied } = launch(live, asked, secrets);
  return withoutMarkOf(takeBack(after, applied)).properties.containers[0]?.properties;
}

const variables: EnvironmentVariable[] = [
  { name: 'FIRST', value: '1' },
  { name: 'SECOND', value: '2', futureMember: { deep: true } },
  { name: 'THIRD', secureValueReference: 'vault' },
];

describe('a variable that a launch overrode', () => {
  test('is replaced, taken away or new, and all of it is taken back', () => {
    const env = { FIRST: null, SECOND: 'other', THIRD: 'plain', NEW: 1 };

    expect(mainAfter(group(variables), { overrides: { env } })?.environmentVariables).toStrictEqual(
      variables,
    );
  });

  test('is recorded without any value that was put there', () => {
    const { applied } = launch(group(variables), {
      overrides: { env: { FIRST: null, NEW: 'in clear' }, secureEnv: { SECOND: 's3cret' } },
    });

    expect(applied).toEqual({
      tags: [],
      containers: [
        {
          name: 'main',
          environmentVariables: [
            { name: 'FIRST', before: [{ index: 0, variable: variables[0] }], applied: 'absent' },
            { name: 'NEW', before: [], applied: expect.stringMatching(/^[0-9a-f]{64}$/) },
            { name: 'SECOND', before: [{ index: 1, variable: variables[1] }], applied: 'secure' },
          ],
        },
      ],
    });
    expect(JSON.stringify(applied)).not.toMatch(/in clear|s3cret/);
  });

  test('stays as somebody has made it since, and the others are taken back', () => {
    const { after, applied } = launch(group(variables), {
      overrides: { env: { FIRST: 'ours', SECOND: 'ours', THIRD: null } },
    });
    const list = after.properties.containers[0]?.properties.environmentVariables ?? [];
    list[0] = { name: 'FIRST', value: 'theirs' };
    list.push({ name: 'THIRD', value: 'theirs' });

    expect(withoutMarkOf(takeBack(after, applied)).properties.containers[0]?.properties).toMatchObject({
      environmentVariables: [
        { name: 'FIRST', value: 'theirs' },
        variables[1],
        { name: 'THIRD', value: 'theirs' },
      ],
    });
  });

  test('stays away when somebody has taken it away since', () => {
    const { after, applied } = launch(group(variables), {
      overrides: { env: { FIRST: 'ours', NEW: 'ours' } },
    });
    for (const { properties } of after.properties.containers) {
      properties.environmentVariables = [];
    }

    expect(takeBack(after, applied)).toEqual(after);
  });

  test('on Windows is the same in any case, and gets its own spelling back', () => {
    const windows = [{ name: 'Path', value: 'a' }, { name: 'Same', value: 'b' }, { name: 'Other' }];
    const asked = { overrides: { env: { PATH: 'c', SAME: 'b', OTHER: null } } };

    expect(mainAfter(group(windows, { osType: 'Windows' }), asked)?.environmentVariables).toStrictEqual(
      windows,
    );
  });

  test('that the group held twice is there twice again', () => {
    const twice = [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
      { name: 'A', value: '3' },
    ];

    for (const A of ['4', null]) {
      expect(mainAfter(group(twice), { overrides: { env: { A } } })?.environmentVariables).toStrictEqual(
        twice,
      );
    }
  });

  test('is not recorded where the group had it so already', () => {
    const asked = { overrides: { env: { FIRST: '1', GONE: null } } };

    expect(launch(group(variables), asked).applied).toEqual({ tags: [], containers: [] });
  });
});

describe('a secure variable that a launch overrode', () => {
  const live = group([{ name: 'PASSWORD' }]);
  const asks = [
    { overrides: { env: { PASSWORD: 'plain' } } },
    { overrides: { secureEnv: { PASSWORD: 's3cret' } } },
    { overrides: { env: { PASSWORD: null } } },
  ];

  test.each(asks)('comes back bare after %j, so that the next launch asks for it', (asked) => {
    const { after, applied } = launch(live, asked);
    const back = takeBack(after, applied);

    expect(withoutMarkOf(back)).toStrictEqual(withoutMarkOf(live));
    expect(() => launch(back, {})).toThrow(SecretsRequired);
  });

  test.each(asks)("is the job's again after %j", (asked) => {
    const secrets = [{ container: 'main', env: 'PASSWORD', value: 's3cret' }];
    const { after, applied } = launch(live, asked, secrets);
    const { document } = planLaunch(takeBack(after, applied), { overrides: {}, mark }, secrets);

    expect(document.properties.containers[0]?.properties.environmentVariables).toContainEqual({
      name: 'PASSWORD',
      secureValue: 's3cret',
    });
  });

  test('that somebody has made plain since stays plain', () => {
    const { after, applied } = launch(live, { overrides: { secureEnv: { PASSWORD: 's3cret' } } });
    Object.assign(after.properties.containers[0]?.properties.environmentVariables?.[0] ?? {}, { value: '' });

    expect(takeBack(after, applied)).toEqual(after);
  });
});

describe('image and command', () => {
  const asked = { overrides: { containers: { main: { image: 'image:2', command: ['echo'] } } } };

  test.each([[undefined], [null], [[]], [['sh', '-c', 'x']]])(
    'come back, from a command of %j',
    (command) => {
      const live = group([]);
      Object.assign(live.properties.containers[0]?.properties ?? {}, command !== undefined && { command });

      expect(mainAfter(live, asked)).toStrictEqual(withoutMarkOf(live).properties.containers[0]?.properties);
    },
  );

  test('come back when ARM answers an empty command as none', () => {
    const live = group([]);
    Object.assign(live.properties.containers[0]?.properties ?? {}, { command: ['sh'] });
    const { after, applied } = launch(live, { overrides: { containers: { main: { command: [] } } } });
    delete after.properties.containers[0]?.properties.command;

    expect(takeBack(after, applied).properties.containers[0]?.properties.command).toEqual(['sh']);
  });

  test('stay as somebody has made them since', () => {
    const { after, applied } = launch(group([]), asked);
    Object.assign(after.properties.containers[0]?.properties ?? {}, { image: 'theirs' });

    const { properties } = takeBack(after, applied).properties.containers[0] ?? {};
    expect(properties?.image).toBe('theirs');
    expect(properties?.command).toBeUndefined();
  });
});

test('init containers get theirs back, too', () => {
  const live = group([], {
    initContainers: [{ name: 'init', properties: { image: 'i', environmentVariables: variables } }],
  });
  const { after, applied } = launch(live, {
    overrides: { containers: { init: { env: { FIRST: 'x', SECOND: null }, image: 'j' } } },
  });

  expect(withoutMarkOf(takeBack(after, applied))).toStrictEqual(withoutMarkOf(live));
});

test('tags keep their names, and come back where nobody has changed them since', () => {
  const live = { ...group([]), tags: { Stage: 'test', owner: 'me' } };
  const { after, applied } = launch(live, { tags: { stage: 'run', OWNER: 'run', extra: '1' } });
  expect(after.tags).toEqual({ Stage: 'run', owner: 'run', extra: '1' });
  Object.assign(after.tags ?? {}, { owner: 'somebody' });

  expect(takeBack(after, applied).tags).toEqual({ Stage: 'test', owner: 'somebody' });
});

test('a group of the emulator is as it was, once a launch has been taken back', async () => {
  const arm = await callArm();
  try {
    const container = {
      environmentVariables: [
        { name: 'A', value: '1' },
        { name: 'S', secureValue: 's' },
      ],
    };
    await arm.provision('job', {
      ...groupOf('setInterval(() => {}, 1000)', { container }),
      tags: { a: '1' },
    });
    const { body: live } = await arm.get('job');
    const { document, applied } = planLaunch(
      live,
      {
        overrides: { env: { A: null, S: 'plain', NEW: 'x' }, containers: { main: { image: 'other' } } },
        tags: { b: '2' },
        mark,
      },
      [],
    );
    expect((await arm.provision('job', document)).status).toBe(200);

    const { body: after } = await arm.get('job');
    expect(
      planLaunch(takeBack(after, applied), { overrides: { secureEnv: { S: 's' } }, mark }, []).document,
    ).toEqual(planLaunch(live, { overrides: { secureEnv: { S: 's' } }, mark }, []).document);
  } finally {
    await arm.emulator.close();
  }
});
