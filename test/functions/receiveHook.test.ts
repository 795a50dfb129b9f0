import { describe, expect, test } from 'vitest';
import { ArmError } from '../../src/aci/errors.ts';
import { receiveHook } from '../../src/functions/receiveHook.ts';
import type { Hook } from '../../src/hooks/hook.ts';
import { StorageError } from '../../src/runs/store/rows.ts';
import { imagePushed, notification, subscriptionValidation } from '../hooks/samples.ts';
import { jobOf } from '../jobs/jobsFile.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, terminated } from '../runs/markedGroup.ts';
import { call, collaboratorsOf, launcherSecret, streamedRequest } from './call.ts';

const secret = 'a-secret-that-is-sent-itself';

type Given = { entry?: object; groups?: InMemoryContainerGroups; settings?: Record<string, string> };

/** A hook whose sender sends the secret in a header, over a group that nothing holds. */
function hookRoute({ entry = {}, groups = freeGroup(), settings = {} }: Given = {}) {
  const job = jobOf(
    {
      hook: { preset: 'secret-header', header: 'X-Secret', dedupeHeader: 'X-Id', secret: 'setting:SECRET' },
      map: [{ name: 'A', from: '/a' }],
      ...entry,
    },
    { SECRET: secret },
  );
  const collaborators = collaboratorsOf(groups, {
    jobs: [job],
    settings: { LAUNCHER_SECRET: launcherSecret, ...settings },
  });
  const route = receiveHook(job, job.hook as Hook, collaborators);
  const logged: unknown[] = [];
  const deliver = (body: unknown, headers: Record<string, string> = {}) =>
    call(route, { body, headers: { 'x-secret': secret, ...headers } }, { logged });
  return { route, deliver, logged, collaborators, groups };
}

const freeGroup = () => inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));

const outcomeOf = ({ status, json }: Awaited<ReturnType<typeof call>>) => [status, json.error?.code];

describe('a delivery', () => {
  test('starts a run, which answers every delivery of the same id, whatever is in it', async () => {
    const { deliver, groups } = hookRoute();
    const [one, same, other] = [
      await deliver({ a: 1 }, { 'x-id': '1' }),
      await deliver({ a: 2 }, { 'x-id': '1' }),
      await deliver({ a: 2 }, { 'x-id': '2' }),
    ];

    expect([one.status, one.json.startedBy]).toEqual([202, { via: 'POST hooks/nightly' }]);
    expect([same.status, same.json.id, same.headers.get('idempotent-replayed')]).toEqual([
      202,
      one.json.id,
      'true',
    ]);
    expect(outcomeOf(other)).toEqual([409, 'RunInProgress']);
    expect(groups.written).toHaveLength(1);
  });

  test('keeps the digits of a number that JSON readers round', async () => {
    const { route, groups } = hookRoute();
    const headers = { 'content-type': 'application/json', 'x-secret': secret };
    const { status } = await call(route, streamedRequest(['{"a": 12345678901234567890}'], headers));

    expect(status).toBe(202);
    expect(groups.written[0]?.properties.containers[0]?.properties.environmentVariables).toContainEqual({
      name: 'A',
      value: '12345678901234567890',
    });
  });

  test('with a body that is no JSON is a fault only of who proves itself', async () => {
    const { route } = hookRoute();
    const broken = (sent: string, type = 'application/json') =>
      call(route, streamedRequest(['{'], { 'content-type': type, 'x-secret': sent }));

    expect(outcomeOf(await broken(secret))).toEqual([400, 'InvalidJson']);
    expect(outcomeOf(await broken(secret, 'application/x-www-form-urlencoded'))).toEqual([
      415,
      'UnsupportedMediaType',
    ]);
    expect(outcomeOf(await broken('another'))).toEqual([401, 'SenderNotVerified']);
    expect(outcomeOf(await broken('another', 'text/plain'))).toEqual([401, 'SenderNotVerified']);
  });

  test('is no handshake when it is large and proves nothing', async () => {
    const { route } = hookRoute({ entry: { hook: { preset: 'event-grid', secret: 'setting:SECRET' } } });
    const handshake = (topic: string) => call(route, { body: [{ ...subscriptionValidation, topic }] });

    expect((await handshake('x')).status).toBe(200);
    expect(outcomeOf(await handshake('x'.repeat(16_384)))).toEqual([401, 'SenderNotVerified']);
  });

  test('that cannot be stored is to come again', async () => {
    const { deliver, collaborators } = hookRoute();
    collaborators.watchQueue.failure = { error: new StorageError('it answered 500') };

    expect(outcomeOf(await deliver({}))).toEqual([503, 'StorageUnavailable']);
  });

  test.each<[string, ArmError, string]>([
    ['a role that the app lacks', armError(403, 'AuthorizationFailed'), 'AuthorizationFailed'],
    ['a group that is gone', armError(404, 'ResourceNotFound'), 'ResourceNotFound'],
  ])('that meets %s is to come again, and only the log says more', async (_, error, code) => {
    const groups = freeGroup();
    groups.failures.get = { error };
    const { deliver, logged } = hookRoute({ groups });
    const answer = await deliver({});

    expect(outcomeOf(answer)).toEqual([503, code]);
    expect(answer.text).not.toContain('/subscriptions/');
    expect(logged.join()).toContain('/subscriptions/secret-place');
  });

  test('that ARM refuses for good is taken: the run says so, and to send it again would change nothing', async () => {
    const groups = freeGroup();
    groups.failures.createOrUpdate = { error: armError(400, 'InvalidImage') };
    const { deliver } = hookRoute({ groups });
    const { status, json } = await deliver({}, { 'x-id': '1' });

    expect([status, json.status, json.reason]).toEqual([200, 'Failed', 'LaunchRejected']);
  });

  test('starts nothing where the app acts with its callers’ tokens', async () => {
    const { deliver } = hookRoute({ settings: { ARM_CREDENTIAL: 'caller' } });

    expect(outcomeOf(await deliver({}))).toEqual([403, 'LaunchNeedsManagedIdentity']);
  });
});

describe('a pushed image', () => {
  const entry = {
    hook: { preset: 'event-grid', header: 'X-Secret', secret: 'setting:SECRET' },
    map: [],
    onImagePush: 'redeploy',
  };
  const imageOf = (image: string, ...others: string[]) => {
    const document = groupOf({
      containers: { main: terminated(0), ...Object.fromEntries(others.map((name) => [name, terminated(0)])) },
    });
    for (const container of document.properties.containers) {
      container.properties.image = image;
    }
    return inMemoryContainerGroups(document);
  };
  const repository = 'acrjobsdev.azurecr.io/team/report-builder';

  test.each([
    [`${repository}:1.0`, 202],
    [`${repository}@sha256:${'0'.repeat(64)}`, 202],
    ['team/report-builder:1.0', 200],
    ['other.azurecr.io/team/report-builder:1.0', 200],
    ['no image at all', 200],
  ])('over %s is answered %i', async (image, status) => {
    const { deliver } = hookRoute({ entry, groups: imageOf(image) });

    expect((await deliver([imagePushed], notification)).status).toBe(status);
  });

  test('that the policy of the job refuses is a fault', async () => {
    const imagePolicy = { registries: ['other.azurecr.io'] };
    const { deliver } = hookRoute({ entry: { ...entry, imagePolicy }, groups: imageOf(`${repository}:1`) });
    const { status, json } = await deliver([imagePushed], notification);

    expect([status, json.error.details[0].code, json.error.details[0].target]).toEqual([
      400,
      'ImageNotAllowed',
      '/0',
    ]);
  });

  test('is for one container, which the job names where there are several', async () => {
    const groups = () => imageOf(`${repository}:1`, 'beside');
    const unclear = await hookRoute({ entry, groups: groups() }).deliver([imagePushed], notification);
    const named = hookRoute({ entry: { ...entry, container: 'beside' }, groups: groups() });
    await named.deliver([imagePushed], notification);

    expect(outcomeOf(unclear)).toEqual([503, 'ContainerNotFound']);
    expect(named.groups.written[0]?.properties.containers.map(({ properties }) => properties.image)).toEqual([
      `${repository}:1`,
      `${repository}@${imagePushed.data.target.digest}`,
    ]);
  });
});

function armError(status: number, code: string): ArmError {
  return new ArmError({ code, status, message: `It is about /subscriptions/secret-place: ${code}.` });
}
