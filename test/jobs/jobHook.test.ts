import { describe, expect, test } from 'vitest';
import { jobRequestFaults } from '../../src/jobs/request.ts';
import { jobOf, readJobs } from './jobsFile.ts';

const settings = { SECRET: 'a-secret-of-16-letters', OTHER: 'another-secret-of-16', SHORT: 'short' };
const github = { preset: 'github', secret: 'setting:SECRET' };

/** The faults of one job's entry: where, within the entry, and what. */
function faultsOf(entry: object): [target: string, message: string][] {
  return readJobs({ nightly: entry }, settings).faults.map(({ target, message }) => [
    target.replace(/^\/jobs\/nightly/, ''),
    message,
  ]);
}

const targetsOf = (entry: object) => faultsOf(entry).map(([target]) => target);

describe("a job's hook", () => {
  test('goes into the job with its secrets, of which printing shows none', () => {
    const job = jobOf(
      {
        hook: { preset: 'secret-header', header: 'X-Secret', secret: ['setting:SECRET', 'setting:OTHER'] },
        map: [],
      },
      settings,
    );

    expect(job.hook).toMatchObject({ preset: 'secret-header', proof: { place: { header: 'x-secret' } } });
    expect(JSON.stringify(job)).not.toContain(settings.SECRET);
  });

  test('needs a map', () => {
    expect(targetsOf({ hook: github })).toEqual(['/map']);
  });

  test.each<[string, object, string]>([
    ['a secret that is not set', { ...github, secret: 'setting:NONE' }, '/hook/secret'],
    ['one of a list', { ...github, secret: ['setting:SECRET', 'setting:NONE'] }, '/hook/secret/1'],
    ['a secret that is too short', { ...github, secret: ['setting:SHORT'] }, '/hook/secret/0'],
    ['a secret written out', { ...github, secret: 'hunter2' }, '/hook/secret'],
    ['a member of another preset', { ...github, header: 'X-Secret' }, '/hook/header'],
    ['no such preset', { ...github, preset: 'gitlab' }, '/hook/preset'],
  ])('is refused for %s, at its place', (_, hook, target) => {
    const faults = faultsOf({ hook, map: [] });

    expect(faults.map(([at]) => at)).toEqual([target]);
    expect(faults.join()).not.toContain(settings.SHORT.concat("'"));
  });

  test.each<[string, object, string, string]>([
    ['header', { preset: 'secret-header', header: 'X-Secret' }, 'x-SECRET', 'header'],
    ['query parameter', { preset: 'event-grid' }, 'token', 'query'],
    ['signature', { preset: 'custom', signatureHeader: 'X-Signature' }, 'X-Signature', 'header'],
    ['signature of a preset', { preset: 'github' }, 'X-Hub-Signature-256', 'header'],
  ])('keeps its %s from map and when', (_, hook, from, source) => {
    expect(
      targetsOf({
        hook: { ...hook, secret: 'setting:SECRET' },
        map: [{ name: 'A', from, source }],
        when: [{ from, source, equals: 'x' }],
      }),
    ).toEqual(['/map/0/from', '/when/0/from']);
  });

  test('lets map and when read the attributes of an event, of those that there are', () => {
    const map = [{ name: 'TYPE', from: 'CE_TYPE', source: 'event' }];

    expect(targetsOf({ hook: github, map })).toEqual([]);
    expect(targetsOf({ hook: github, map: [{ ...map[0], from: '/type' }] })).toEqual(['/map/0/from']);
    expect(targetsOf({ map, when: [{ from: 'CE_ID', source: 'event', equals: '1' }] })).toEqual([
      '/map/0/source',
      '/when/0/source',
    ]);
  });
});

describe('a job for pushed images', () => {
  const hook = { preset: 'event-grid', secret: 'setting:SECRET' };

  test('says so with a hook that is told of them', () => {
    expect(jobOf({ hook, map: [], onImagePush: 'redeploy' }, settings).onImagePush).toBe('redeploy');
    expect(targetsOf({ onImagePush: 'redeploy' })).toEqual(['/onImagePush']);
    expect(targetsOf({ hook: github, map: [], onImagePush: 'redeploy' })).toEqual(['/onImagePush']);
    expect(targetsOf({ hook, map: [], onImagePush: 'other' })).toEqual(['/onImagePush']);
  });
});

describe("a job's schedule", () => {
  test('goes into the job', () => {
    expect(jobOf({ schedule: '0 30 3 * * MON-FRI' }).schedule).toBe('0 30 3 * * MON-FRI');
  });

  test.each([['* * * * *'], ['0 0 0 31 2 *'], ['daily'], ['']])('cannot be %j', (schedule) => {
    expect(targetsOf({ schedule })).toEqual(['/schedule']);
  });

  test('goes with no contract that asks for variables: it sends none', () => {
    expect(targetsOf({ schedule: '0 0 2 * * *', env: { type: 'object', required: ['DATE'] } })).toEqual([
      '/schedule',
    ]);
  });
});

describe("a job's image policy", () => {
  const entry = {
    allow: ['containers', 'image'],
    imagePolicy: { registries: ['Example.azurecr.io'], requireDigest: true },
  };
  const digest = `sha256:${'a'.repeat(64)}`;
  const faultsOfImage = (image: string) =>
    jobRequestFaults(
      jobOf(entry),
      { containers: { 'a/b': { image } } },
      { allowedHosts: [], allowLoopback: false },
    ).map(({ code, target }) => [code, target]);

  test('holds every image that a caller sends', () => {
    expect(faultsOfImage(`example.azurecr.io/x@${digest}`)).toEqual([]);
    expect(faultsOfImage('evil.example.org/x:1')).toEqual([
      ['ImageNotAllowed', '/containers/a~1b/image'],
      ['ImageNotAllowed', '/containers/a~1b/image'],
    ]);
  });

  test.each([['https://example.azurecr.io'], ['example.azurecr.io/team'], ['index.docker.io'], ['example']])(
    'names hosts that images can be of, unlike %s',
    (registry) => {
      expect(targetsOf({ imagePolicy: { registries: [registry] } })).toEqual(['/imagePolicy/registries/0']);
    },
  );
});
