import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HookConfig } from '../../src/hooks/hook.schema.ts';
import { verifyHook } from '../../src/hooks/verifyHook.ts';
import {
  type Delivery,
  hookOf,
  now,
  requestOf,
  type SignedSender,
  sampleBody,
  signedSenders,
} from './senders.ts';

const delivery: Delivery = { id: 'msg_1', timestamp: '1790000000', body: sampleBody };

/** The request of a delivery that a sender has signed, but for what is changed of it afterwards. */
function signed(sender: SignedSender, changed: Partial<Delivery> = {}, secrets = [sender.secrets[0]]) {
  const signatures = secrets.map((secret) => sender.signature(secret, delivery));
  return sent(sender, signatures, { ...delivery, ...changed });
}

function sent(sender: SignedSender, signatures: string[], { id, timestamp, body }: Delivery) {
  return requestOf({ headers: sender.headers(signatures, { id, timestamp, body }) }, Buffer.from(body));
}

function isVerified(sender: SignedSender, request: ReturnType<typeof requestOf>, at = now): boolean {
  return verifyHook(hookOf(sender.config, sender.secrets[0]), request, at).verified;
}

describe.each(signedSenders)('what $name sends', (sender) => {
  const hook = hookOf(sender.config, sender.secrets[0]);
  const otherSignature = sender.signature(sender.secrets[1], delivery);

  test('is verified, and tells its id where that is signed', () => {
    expect(verifyHook(hook, signed(sender), now)).toEqual({
      verified: true,
      ...(sender.signs.id && { deliveryId: 'msg_1' }),
    });
  });

  test.each([
    ['a byte more', `${sampleBody} `],
    ['a byte less', sampleBody.slice(0, -1)],
    ['other white space', sampleBody.replace(',', ', ')],
    ['another letter', sampleBody.replace('ö', 'o')],
    ['nothing at all', ''],
  ])('is refused with %s in its body', (_, body) => {
    expect(verifyHook(hook, signed(sender, { body }), now)).toEqual({ verified: false });
  });

  test('is refused with another id exactly where the id is signed', () => {
    expect(isVerified(sender, signed(sender, { id: 'msg_2' }))).toBe(!sender.signs.id);
  });

  test('is refused with another timestamp exactly where that is signed', () => {
    expect(isVerified(sender, signed(sender, { timestamp: '1790000001' }))).toBe(!sender.signs.timestamp);
  });

  test.each([
    [300, true],
    [301, false],
    [-300, true],
    [-301, false],
    [86_400_000, false],
  ])('%i seconds after it was signed is taken: %s, where it says when that was', (seconds, isNear) => {
    expect(isVerified(sender, signed(sender), now + seconds * 1000)).toBe(isNear || !sender.signs.timestamp);
  });

  test.each(['', ' ', '-1790000000', '1790000000.0', '1.79e9', '0x6ab13b80', '1790000000 ', 'now', '٠'])(
    'is refused with the signed timestamp %j',
    (timestamp) => {
      const odd = { ...delivery, timestamp };
      const request = sent(sender, [sender.signature(sender.secrets[0], odd)], odd);
      expect(isVerified(sender, request)).toBe(!sender.signs.timestamp);
    },
  );

  test.each(['', 'a b', 'größe', 'x'.repeat(257), 'a\n'])('is refused with the signed id %j', (id) => {
    const odd = { ...delivery, id };
    expect(isVerified(sender, sent(sender, [sender.signature(sender.secrets[0], odd)], odd))).toBe(
      !sender.signs.id,
    );
  });

  test('is refused without any one of its headers, but for an id that is not signed', () => {
    const headers = sender.headers([sender.signature(sender.secrets[0], delivery)], delivery);
    for (const missing of Object.keys(headers)) {
      const { [missing]: _, ...rest } = headers;
      const isNeeded = missing !== 'X-GitHub-Delivery';
      expect(isVerified(sender, requestOf({ headers: rest }, Buffer.from(sampleBody))), missing).toBe(
        !isNeeded,
      );
      const empty = requestOf({ headers: { ...rest, [missing]: '' } }, Buffer.from(sampleBody));
      expect(isVerified(sender, empty), missing).toBe(!isNeeded);
    }
  });

  test('is refused by another secret', () => {
    expect(verifyHook(hook, sent(sender, [otherSignature], delivery), now)).toEqual({ verified: false });
  });

  test('is refused with a signature that is none', () => {
    const right = sender.signature(sender.secrets[0], delivery);
    const mark = /^(?:v1,|\w+=|HMAC )?/.exec(right)?.[0] ?? '';
    for (const wrong of [
      '',
      mark,
      mark === '' ? 'x' : right.slice(mark.length),
      right.slice(0, -4),
      `${right}00`,
      `${mark}${'0'.repeat(64)}`,
      `${mark}${'A'.repeat(43)}=`,
      `${mark}${'='.repeat(64)}`,
      `x${right}`,
      `${mark.replace(/[a-zA-Z0-9]/g, 'x')}${mark === '' ? 'x' : ''}${right.slice(mark.length)}`,
      `${right.slice(0, -4)}\u0000\u0000\u0000\u0000`,
    ]) {
      expect(isVerified(sender, sent(sender, [wrong], delivery)), wrong).toBe(false);
    }
  });

  test('is refused with two timestamps in one header', () => {
    const headers = sender.headers([sender.signature(sender.secrets[0], delivery)], delivery);
    const doubled = Object.entries(headers).map(([name, value]) => [name, value.replace(/ts?=\d+/, '$&,$&')]);
    const request = requestOf({ headers: Object.fromEntries(doubled) }, Buffer.from(sampleBody));

    expect(isVerified(sender, request)).toBe(!Object.values(headers).some((value) => /ts?=\d/.test(value)));
  });

  test('has room for several signatures, of which one must fit, exactly where its header does', () => {
    const right = sender.signature(sender.secrets[0], delivery);
    for (const signatures of [
      [otherSignature, right],
      [right, otherSignature],
      ['', right, 'v1a,AAAA', 'x'],
    ]) {
      expect(isVerified(sender, sent(sender, signatures, delivery))).toBe(
        sender.severalSignatures || signatures[0] === right,
      );
    }
    expect(isVerified(sender, sent(sender, [otherSignature, otherSignature], delivery))).toBe(false);
  });

  test('is taken by any of several secrets, while one takes the place of another', () => {
    const [older, newer] = sender.secrets;
    const both = hookOf(sender.config, newer, older);

    expect(verifyHook(both, signed(sender, {}, [older]), now).verified).toBe(true);
    expect(verifyHook(both, signed(sender, {}, [newer]), now).verified).toBe(true);
    expect(verifyHook(hookOf(sender.config, newer), signed(sender, {}, [older]), now).verified).toBe(false);
  });

  test('is verified by the bytes of any body, UTF-8 or not, and by no others', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(), (body, place) => {
        const own = { ...delivery, body };
        const request = sent(sender, [sender.signature(sender.secrets[0], own)], own);
        expect(verifyHook(hook, request, now).verified).toBe(true);
        const bytes = Buffer.from(body);
        if (bytes.length > 0) {
          const index = place % bytes.length;
          bytes[index] = (bytes[index] ?? 0) ^ (1 << (place % 8));
          expect(verifyHook(hook, { ...request, bytes }, now).verified).toBe(false);
        }
      }),
    );
  });

  test('never throws and is never verified, whatever a stranger puts into its headers', () => {
    const names = Object.keys(sender.headers(['x'], delivery));
    const right = sender.signature(sender.secrets[1], delivery);
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        right,
        `t=1790000000,${right}`,
        'v1,',
        't=,v1=',
        '1790000000',
        'msg_1',
        ',',
        ' ',
        '=',
        'sha256=',
      ),
      fc
        .array(fc.constantFrom('t=1790000000', 'ts=1790000000', right, 'v1=', ',', ' ', '='), {
          maxLength: 9,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.tuple(...names.map(() => fc.option(value))), fc.uint8Array(), (values, bytes) => {
        const headers = Object.fromEntries(
          names.flatMap((name, index) => (values[index] === null ? [] : [[name, String(values[index])]])),
        );
        expect(verifyHook(hook, requestOf({ headers }, bytes), now)).toEqual({ verified: false });
      }),
      { numRuns: 500 },
    );
  });

  // What takes quadratic time would take longer than a test may.
  test('is refused in time with a mebibyte of signatures in each header', () => {
    const names = Object.keys(sender.headers(['x'], delivery));
    for (const piece of [
      ' ',
      ',',
      '=',
      'v1,',
      'v1=',
      't=1,',
      `${otherSignature} `,
      `${otherSignature},`,
      'a',
    ]) {
      const flood = piece.repeat(Math.ceil(2 ** 20 / piece.length));
      const flooded = requestOf({ headers: Object.fromEntries(names.map((name) => [name, flood])) });
      expect(verifyHook(hook, flooded, now)).toEqual({ verified: false });
      expect(verifyHook(hook, sent(sender, [flood], delivery), now)).toEqual({ verified: false });
    }
  });
});

describe('the signatures of others', () => {
  const vectors: {
    name: string;
    config: Omit<HookConfig, 'secret'>;
    secret: string;
    headers: Record<string, string>;
    body?: string;
  }[] = [
    {
      name: "GitHub's own example",
      config: { preset: 'github' },
      secret: "It's a Secret to Everybody",
      headers: {
        'X-Hub-Signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      },
      body: 'Hello, World!',
    },
    {
      name: 'a delivery of GitHub',
      config: { preset: 'github' },
      secret: 'sample-secret-not-real-01',
      headers: {
        'X-GitHub-Event': 'push',
        'X-GitHub-Delivery': '7f0d9c1e-2f5a-4d55-9c41-0b8d1a6f2e90',
        'X-Hub-Signature-256': 'sha256=7504d964418cf4643df354f1a01ef7a4dd1a6f302df406a4a543d32df3ebed66',
      },
    },
    {
      name: 'a delivery of GitHub, to a custom hook',
      config: {
        preset: 'custom',
        signatureHeader: 'X-Hub-Signature-256',
        algorithm: 'sha256',
        encoding: 'hex',
        prefix: 'sha256=',
        signedContent: '{body}',
        secretEncoding: 'utf8',
        dedupeHeader: 'X-GitHub-Delivery',
      },
      secret: 'sample-secret-not-real-01',
      headers: {
        'X-Hub-Signature-256': 'sha256=7504d964418cf4643df354f1a01ef7a4dd1a6f302df406a4a543d32df3ebed66',
      },
    },
    ...(
      [
        { preset: 'standard-webhooks' },
        {
          preset: 'custom',
          signatureHeader: 'webhook-signature',
          algorithm: 'sha256',
          encoding: 'base64',
          headerFormat: 'list',
          prefix: 'v1,',
          signedContent: '{id}.{timestamp}.{body}',
          idHeader: 'webhook-id',
          timestampHeader: 'webhook-timestamp',
          toleranceSeconds: 300,
          secretEncoding: 'whsec',
          dedupeHeader: 'webhook-id',
        },
      ] satisfies Omit<HookConfig, 'secret'>[]
    ).map((config) => ({
      name: `a delivery of Standard Webhooks, to ${config.preset}`,
      config,
      secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=',
      headers: {
        'webhook-id': 'msg_h5sample0001',
        'webhook-timestamp': '1790000000',
        'webhook-signature':
          'v1,AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE= v1,fAEDSeW2lUMwf/Fv3Sl6bmiiedLd4ig5Av7IUU/EvHE=',
      },
    })),
  ];

  test.each(vectors)('are taken: $name', ({ config, secret, headers, body = sampleBody }) => {
    const hook = hookOf(config, secret);
    const bytes = Buffer.from(body);
    expect(verifyHook(hook, requestOf({ headers }, bytes), now).verified).toBe(true);
    const changed = Buffer.from(body.replace('o', 'p'));
    expect(verifyHook(hook, requestOf({ headers }, changed), now).verified).toBe(false);
    const isTimed = 'webhook-timestamp' in headers;
    expect(verifyHook(hook, requestOf({ headers }, bytes), now + 301_000).verified).toBe(!isTimed);
  });
});

describe.each([
  ['event-grid', { header: 'X-Hook-Secret' }],
  ['event-grid', {}],
  ['azure-monitor', { header: 'X-Hook-Secret' }],
  ['azure-monitor', {}],
  ['secret-header', { header: 'X-Hook-Secret' }],
  ['secret-header', { query: 'token' }],
] as const)('the secret that %s sends, with %j', (preset, place) => {
  const [older, newer] = ['0123456789abcdef-older', '0123456789abcdef-newer'];
  const hook = hookOf({ preset, ...place }, older, newer);
  const isHeader = 'header' in place;
  const sentAs = (secret: string) =>
    requestOf(isHeader ? { headers: { 'X-HOOK-SECRET': secret } } : { query: { token: secret } });

  test('is any of those that are held', () => {
    expect(verifyHook(hook, sentAs(older), now)).toEqual({ verified: true });
    expect(verifyHook(hook, sentAs(newer), now)).toEqual({ verified: true });
  });

  test('is nothing else', () => {
    for (const wrong of [
      '',
      ' ',
      older.slice(0, -1),
      `${older}x`,
      ` ${older}`,
      older.toUpperCase(),
      `${older},${newer}`,
      'größe',
    ]) {
      expect(verifyHook(hook, sentAs(wrong), now), wrong).toEqual({ verified: false });
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (wrong) => {
        expect(verifyHook(hook, sentAs(wrong), now)).toEqual({ verified: false });
      }),
    );
  });

  test('must stand where it was said to stand', () => {
    const elsewhere = isHeader
      ? { query: { 'x-hook-secret': older, token: older } }
      : { headers: { token: older } };
    expect(verifyHook(hook, requestOf(elsewhere), now)).toEqual({ verified: false });
    expect(verifyHook(hook, requestOf({ body: { token: older } }), now)).toEqual({ verified: false });
  });
});
