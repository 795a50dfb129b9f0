import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, type HookConfig } from '../../src/hooks/hook.schema.ts';
import { readHook } from '../../src/hooks/readHook.ts';
import { verifyHook } from '../../src/hooks/verifyHook.ts';
import { requestOf, signedSenders } from './senders.ts';

const long = 'a secret of sufficient length';
const whsec = 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=';
const custom = { preset: 'custom', signatureHeader: 'X-Signature' };

/** The targets of what is wrong with a hook, by its shape or, where that is right, by itself. */
function targets(config: object, ...secrets: (string | undefined)[]): string[] {
  const whole = { secret: 'setting:HOOK', ...config };
  const faults = check(whole);
  return (
    faults.length > 0 ? faults : readHook(whole as HookConfig, secrets.length > 0 ? secrets : [long]).faults
  ).map(({ target }) => target);
}

describe("a job's hook", () => {
  test.each([
    [{ preset: 'github' }, long],
    [{ preset: 'standard-webhooks' }, whsec],
    [{ preset: 'stripe' }, whsec],
    [{ preset: 'slack' }, '0123456789abcdef0123456789abcdef'],
    [{ preset: 'event-grid' }, 'letters-and-digits-0123'],
    [
      { preset: 'event-grid', header: 'X-Key', allowedOrigins: ['eventgrid.azure.cn'] },
      'any/visible+ASCII==',
    ],
    [{ preset: 'azure-monitor', query: 'key', includeResolved: true }, 'letters-and-digits-0123'],
    [{ preset: 'secret-header', header: 'X-Job-Key' }, 'with a space, too'],
    [{ preset: 'secret-header', query: 't', dedupeFrom: ['/a', '/b'] }, 'letters-and-digits-0123'],
    [custom, long],
    [{ ...custom, dedupeFrom: '/id' }, long],
  ])('can be %j', (config, secret) => {
    expect(targets(config, secret)).toEqual([]);
  });

  test.each(signedSenders)('can be $name', ({ config, secrets }) => {
    expect(targets(config, ...secrets)).toEqual([]);
  });

  test.each([
    [{}, ['/preset']],
    [{ preset: 'gitlab' }, ['/preset']],
    [{ preset: 'github', secret: 'in clear' }, ['/secret']],
    [{ preset: 'github', secret: [] }, ['/secret']],
    [{ preset: 'github', secret: ['setting:A', 'B'] }, ['/secret/1']],
    [{ preset: 'github', sekret: 'x' }, ['/sekret']],
    [{ ...custom, algorithm: 'sha1' }, ['/algorithm']],
    [{ ...custom, toleranceSeconds: 0 }, ['/toleranceSeconds']],
  ])('has the right shape, which %j has not', (config, expected) => {
    expect(targets(config)).toEqual(expected);
  });

  test.each([
    [{ preset: 'github', header: 'X-A' }, ['/header']],
    [
      { preset: 'slack', toleranceSeconds: 60, signatureHeader: 'X' },
      ['/toleranceSeconds', '/signatureHeader'],
    ],
    [{ preset: 'event-grid', header: 'X-A', includeResolved: true }, ['/includeResolved']],
    [{ preset: 'azure-monitor', header: 'X-A', allowedOrigins: ['a'] }, ['/allowedOrigins']],
    [{ ...custom, header: 'X-A' }, ['/header']],
    [{ preset: 'secret-header' }, ['/header']],
    [{ preset: 'secret-header', header: 'X A' }, ['/header']],
    [{ preset: 'secret-header', header: '' }, ['/header']],
    [{ preset: 'event-grid', header: 'X-A', query: 'a' }, ['/query']],
    [{ preset: 'azure-monitor', query: 'code' }, ['/query']],
    [{ preset: 'azure-monitor', query: 'a&b' }, ['/query']],
    [{ preset: 'secret-header', header: 'X-A', dedupeHeader: 'a b' }, ['/dedupeHeader']],
    [{ preset: 'secret-header', header: 'X-A', dedupeFrom: 'id' }, ['/dedupeFrom']],
    [{ preset: 'secret-header', header: 'X-A', dedupeFrom: ['/id', 'x'] }, ['/dedupeFrom/1']],
    [{ ...custom, dedupeHeader: 'X-Id', dedupeFrom: '/id' }, ['/dedupeFrom']],
    [{ preset: 'custom' }, ['/signatureHeader']],
    [{ ...custom, signedContent: '{timestamp}' }, ['/signedContent', '/timestampHeader']],
    [{ ...custom, signedContent: '{body}.{body}' }, ['/signedContent']],
    [{ ...custom, signedContent: '{body}.{Id}' }, ['/signedContent']],
    [{ ...custom, signedContent: '{id}{body}', idHeader: 'X-Id' }, ['/signedContent']],
    [{ ...custom, signedContent: '{id}.{body}' }, ['/idHeader']],
    [{ ...custom, idHeader: 'X-Id' }, ['/idHeader']],
    [{ ...custom, timestampHeader: 'X-Time' }, ['/timestampHeader']],
    [{ ...custom, timestampKey: 't', signedContent: '{timestamp}.{body}' }, ['/timestampKey']],
    [
      {
        ...custom,
        headerFormat: 'kv',
        prefix: 'v1',
        timestampKey: 't=',
        signedContent: '{timestamp}.{body}',
      },
      ['/timestampKey'],
    ],
    [
      {
        ...custom,
        headerFormat: 'kv',
        prefix: 'v1',
        timestampKey: 't',
        timestampHeader: 'X-T',
        signedContent: '{timestamp}.{body}',
      },
      ['/timestampKey'],
    ],
    [{ ...custom, toleranceSeconds: 60 }, ['/toleranceSeconds']],
    [{ ...custom, headerFormat: 'kv' }, ['/prefix']],
    [{ ...custom, headerFormat: 'kv', prefix: 'a,b' }, ['/prefix']],
    [{ ...custom, headerFormat: 'list', prefix: 'v1 ' }, ['/prefix']],
    [{ ...custom, prefix: 'größe' }, ['/prefix']],
  ])('says nothing that does not fit together, as %j does', (config, expected) => {
    expect(targets(config, 'letters-and-digits-0123')).toEqual(expected);
  });

  test.each([
    [{ preset: 'github' }, 'too short'],
    [{ preset: 'stripe' }, ''],
    [{ preset: 'standard-webhooks' }, long],
    [{ preset: 'standard-webhooks' }, 'whsec_c2hvcnQ='],
    [{ preset: 'standard-webhooks' }, 'whsec_%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%'],
    [{ ...custom, secretEncoding: 'base64' }, 'this is no base64 at all'],
    [{ ...custom, secretEncoding: 'base64' }, 'c2hvcnQ='],
    [{ ...custom, secretEncoding: 'whsec' }, long],
    [{ preset: 'event-grid' }, 'goes+into/a+URL=='],
    [{ preset: 'event-grid', header: 'X-A' }, 'von besonderer Größe'],
    [{ preset: 'secret-header', header: 'X-A' }, 'too short'],
  ])('has a secret of its kind: %j not "%s"', (config, secret) => {
    const faults = readHook({ ...config, secret: 'setting:HOOK' } as HookConfig, [secret]).faults;

    expect(faults.map(({ target }) => target)).toEqual(['/secret']);
    expect(faults[0]?.message).toContain(`'HOOK'`);
    expect(secret === '' || !JSON.stringify(faults).includes(secret)).toBe(true);
  });

  test('names each wrong secret of a list, beside what else is wrong', () => {
    const config = {
      preset: 'github',
      header: 'X-A',
      secret: ['setting:A', 'setting:B', 'setting:C'],
    } as const;

    const { hook, faults } = readHook({ ...config, secret: [...config.secret] }, [
      'short',
      long,
      'short, too',
    ]);

    expect(hook).toBeUndefined();
    expect(faults.map(({ target }) => target)).toEqual(['/header', '/secret/0', '/secret/2']);
  });

  test('leaves out white space around a secret, as a vault may hold it', () => {
    const { hook } = readHook({ preset: 'event-grid', secret: 'setting:HOOK' }, [
      ' letters-and-digits-0123\n',
    ]);
    const request = requestOf({ query: { token: 'letters-and-digits-0123' } });

    expect(hook && verifyHook(hook, request, 0)).toEqual({ verified: true });
  });

  test('is none without a secret, of which somebody else has told', () => {
    expect(readHook({ preset: 'github', secret: ['setting:A', 'setting:B'] }, [long, undefined])).toEqual({
      hook: undefined,
      faults: [],
    });
  });

  test('does not show its secrets when it is printed', () => {
    const configs = [
      ...signedSenders.map(({ config, secrets }) => ({ config, secret: secrets[0] })),
      { config: { preset: 'event-grid' } as const, secret: 'letters-and-digits-0123' },
    ];
    for (const { config, secret } of configs) {
      const { hook } = readHook({ ...config, secret: 'setting:HOOK' }, [secret]);
      const printed = `${inspect(hook, { depth: null, showHidden: true })} ${JSON.stringify(hook)}`;
      expect(hook).toBeDefined();
      expect(printed).not.toContain(secret);
      expect(printed).not.toContain(Buffer.from(secret).toString('hex').slice(0, 16));
      expect(printed).not.toContain([...Buffer.from(secret)].slice(0, 8).join());
    }
  });

  test('is read or refused, but never throws', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('X-A', 'v1', '{body}', '{id}.{body}', '/id', 't'));
    const config = fc.record(
      {
        preset: fc.constantFrom(
          'github',
          'standard-webhooks',
          'event-grid',
          'secret-header',
          'custom',
          'custom',
        ),
        secret: fc.constant('setting:A'),
        header: text,
        query: text,
        dedupeFrom: fc.oneof(text, fc.array(text, { minLength: 1 })),
        signatureHeader: text,
        headerFormat: fc.constantFrom('single', 'list', 'kv'),
        prefix: text,
        signedContent: text,
        idHeader: text,
        timestampHeader: text,
        timestampKey: text,
        secretEncoding: fc.constantFrom('utf8', 'base64', 'whsec'),
      },
      { requiredKeys: ['preset', 'secret'] },
    );
    fc.assert(
      fc.property(config, fc.oneof(fc.string(), fc.constant(whsec)), (given, secret) => {
        const { hook, faults } = readHook(given as HookConfig, [secret]);
        expect(hook === undefined).toBe(faults.length > 0);
      }),
      { numRuns: 2_000 },
    );
  });
});
