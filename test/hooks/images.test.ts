import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/aci/json.ts';
import { readEvents } from '../../src/hooks/events/readEvents.ts';
import { imagePolicyFaults } from '../../src/hooks/images/imagePolicyFaults.ts';
import { imagePushOf, pushedReference } from '../../src/hooks/images/imagePushOf.ts';
import { parseImageReference } from '../../src/hooks/images/imageReference.ts';
import { blobCreated, digest, githubPush, imagePushed, registryPush } from './samples.ts';
import { hookOf, requestOf } from './senders.ts';

const secret = 'letters-and-digits-0123';
const grid = hookOf({ preset: 'event-grid' }, secret);
const header = hookOf({ preset: 'secret-header', header: 'X-A' }, secret);
const push = { registry: 'acrjobsdev.azurecr.io', repository: 'team/report-builder', tag: '1.14.2', digest };

/** The push that the only event of a delivery tells of. */
function pushIn(hook: typeof grid, body: JsonValue, headers: Record<string, string> = {}) {
  const [event] = readEvents(hook, requestOf({ headers, body })).events;
  return event && imagePushOf(event);
}

describe('a pushed image', () => {
  test('is told of by the webhook of its registry', () => {
    expect(pushIn(header, registryPush)).toEqual(push);
  });

  test('is told of by Event Grid, in either schema', () => {
    const { id, topic: source, eventType: type, data } = imagePushed;

    expect(pushIn(grid, [imagePushed])).toEqual(push);
    expect(pushIn(grid, { specversion: '1.0', id, source, type, data })).toEqual(push);
  });

  test('is named by its digest', () => {
    expect(pushedReference(push)).toBe(`acrjobsdev.azurecr.io/team/report-builder@${digest}`);
  });

  test('may have no tag, as those of single platforms', () => {
    const { tag: _, ...target } = registryPush.target;
    const { tag: __, ...untagged } = push;

    expect(pushIn(header, { ...registryPush, target })).toEqual(untagged);
  });

  test.each([
    ['is deleted', { ...registryPush, action: 'delete' }],
    ['is a chart', { ...registryPush, action: 'chart_push' }],
    ['has no manifest of an image', withTarget({ mediaType: 'application/vnd.cncf.helm.config.v1+json' })],
    ['has no digest', withTarget({ digest: '' })],
    ['has a digest that is none', withTarget({ digest: 'sha256:3f1c' })],
    ['has another kind of digest', withTarget({ digest: `md5:${'0'.repeat(64)}` })],
    ['has a repository that is none', withTarget({ repository: '../x' })],
    ['has a repository with a digest', withTarget({ repository: `x@${digest}` })],
    ['has a tag that is none', withTarget({ tag: 'a b' })],
    ['has a registry with a path', { ...registryPush, request: { host: 'acr.azurecr.io/evil' } }],
    ['has a registry with a user', { ...registryPush, request: { host: 'a@acr.azurecr.io' } }],
    ['has no registry', { ...registryPush, request: {} }],
    ['is something else', { id: 1 }],
    ['is nothing', null],
  ])('is none that %s', (_, body) => {
    expect(pushIn(header, body)).toBeUndefined();
    expect(pushIn(grid, { ...imagePushed, data: body })).toBeUndefined();
  });

  test('is told of by no other event, whatever is in it', () => {
    expect(
      pushIn(grid, { ...imagePushed, eventType: 'Microsoft.ContainerRegistry.ImageDeleted' }),
    ).toBeUndefined();
    expect(pushIn(grid, { ...blobCreated, ...registryPush, data: registryPush })).toBeUndefined();
    expect(pushIn(hookOf({ preset: 'github' }, secret), registryPush, githubPush.headers)).toBeUndefined();
  });
});

function withTarget(changed: object): JsonValue {
  return { ...registryPush, target: { ...registryPush.target, ...changed } };
}

describe('an image reference', () => {
  test.each([
    ['alpine', { registry: 'docker.io', repository: 'library/alpine' }],
    ['alpine:3.20', { registry: 'docker.io', repository: 'library/alpine', tag: '3.20' }],
    ['acme/report', { registry: 'docker.io', repository: 'acme/report' }],
    ['index.docker.io/alpine', { registry: 'docker.io', repository: 'library/alpine' }],
    ['localhost/x', { registry: 'localhost', repository: 'x' }],
    ['localhost:5000/x:1', { registry: 'localhost:5000', repository: 'x', tag: '1' }],
    ['Example.azurecr.io/a/b/c', { registry: 'example.azurecr.io', repository: 'a/b/c' }],
    [
      `example.azurecr.io/a__b-c.d:T-1@${digest}`,
      { registry: 'example.azurecr.io', repository: 'a__b-c.d', tag: 'T-1', digest },
    ],
    [`a@${digest}`, { registry: 'docker.io', repository: 'library/a', digest }],
  ])('says of %s where it is', (text, expected) => {
    expect(parseImageReference(text)).toEqual(expected);
  });

  test.each([
    '',
    '/',
    'a/',
    '/a',
    'A',
    'a:',
    'a:b:c',
    'a@',
    'a@sha256:00',
    `a@${digest}@${digest}`,
    'https://example.azurecr.io/a',
    'example.azurecr.io/a/../b',
    'example.azurecr.io/a:1/b',
    'user:pw@example.azurecr.io/a',
    'example.azurecr.io:port/a',
    '-a.azurecr.io/a',
    ' a',
    'a\n',
    'a'.repeat(2_000),
    `${'a-'.repeat(500)}!`,
  ])('is none: %j', (text) => {
    expect(parseImageReference(text)).toBeUndefined();
  });
});

describe("a job's image policy", () => {
  const policy = { registries: ['Example.azurecr.io', 'localhost:5000'], requireDigest: true };
  const faultsOf = (image: string, rules = policy) =>
    imagePolicyFaults(image, rules, '/image').map(({ code, target }) => `${code} ${target}`);
  const one = ['ImageNotAllowed /image'];

  test.each([
    [`example.azurecr.io/a@${digest}`, []],
    [`example.azurecr.io/a:1@${digest}`, []],
    [`localhost:5000/a@${digest}`, []],
    ['example.azurecr.io/a:1', one],
    [`localhost/a@${digest}`, one],
    [`example.azurecr.io.evil.org/a@${digest}`, one],
    [`evil.org/example.azurecr.io/a@${digest}`, one],
    [`example.azurecr.io@${digest}`, one],
    [`alpine@${digest}`, one],
    ['alpine', [...one, ...one]],
    ['no image at all', one],
  ])('has of %s the faults %j', (image, expected) => {
    expect(faultsOf(image)).toEqual(expected);
  });

  test('that says nothing lets every image through that is one', () => {
    expect(imagePolicyFaults('alpine', {}, '')).toEqual([]);
    expect(imagePolicyFaults('no image', {}, '')).toHaveLength(1);
  });

  test('that names no registry allows none', () => {
    expect(imagePolicyFaults('alpine', { registries: [] }, '')).toHaveLength(1);
  });

  test('lets nothing through but images by digest from the registries that it names', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('example.azurecr.io', 'localhost:5000', 'evil.org', '/', '@', ':', 'a', `@${digest}`),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const image = pieces.join('');
        const isNamed = /^(?:example\.azurecr\.io|localhost:5000)\/[^@]+@sha256:[0-9a-f]{64}$/i.test(image);
        expect(isNamed || faultsOf(image).length > 0).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
