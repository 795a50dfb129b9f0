import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callbackHeaders } from '../../../src/runs/callbacks/callbackHeaders.ts';
import { callbackSecretFault } from '../../../src/runs/callbacks/callbackSecret.ts';

const whsec = 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=';
const sample = {
  id: 'msg_h5sample0001',
  now: 1_790_000_000_000,
  body: '{"type":"job.requested","timestamp":"2026-09-21T14:13:20Z","data":{"run":"nightly-42","dryRun":false,"note":"größe"}}',
};

describe('the headers of a callback', () => {
  test('are those of Standard Webhooks, by its sample', () => {
    expect(callbackHeaders({ ...sample, secrets: [whsec] })).toEqual({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': 'msg_h5sample0001',
      'webhook-timestamp': '1790000000',
      'webhook-signature': 'v1,fAEDSeW2lUMwf/Fv3Sl6bmiiedLd4ig5Av7IUU/EvHE=',
    });
  });

  test('hold no signature without a secret, but who it is and when', () => {
    expect(callbackHeaders({ ...sample, secrets: [] })).toEqual({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': 'msg_h5sample0001',
      'webhook-timestamp': '1790000000',
    });
  });

  test('hold a signature by each secret, so that a receiver may have any of them', () => {
    const secrets = [whsec, 'an older secret of ours'];
    const [first, second] = secrets.map(
      (secret) => callbackHeaders({ ...sample, secrets: [secret] })['webhook-signature'],
    );

    expect(callbackHeaders({ ...sample, secrets })['webhook-signature']).toBe(`${first} ${second}`);
  });

  test('are verified by the bytes of the secret over id, whole second and body', () => {
    const bodies = fc.string({ unit: 'grapheme' });
    const secrets = fc.string({ unit: 'grapheme', minLength: 16 });
    fc.assert(
      fc.property(bodies, secrets, fc.nat(), (body, text, now) => {
        fc.pre(!text.startsWith('whsec_') && callbackSecretFault(text) === undefined);
        const headers = callbackHeaders({ id: 'i', body, now, secrets: [text] });
        const content = Buffer.from(`i.${Math.floor(now / 1000)}.${body}`);
        const hmac = createHmac('sha256', Buffer.from(text)).update(content).digest('base64');
        expect(headers['webhook-signature']).toBe(`v1,${hmac}`);
      }),
    );
  });

  test('are not made with a secret that is none, nor show it', () => {
    expect(() => callbackHeaders({ ...sample, secrets: ['short'] })).toThrow(
      /^A secret of callbacks must have at least 16 characters\.$/,
    );
  });
});

describe('a secret of callbacks', () => {
  test.each([whsec, whsec.replace('=', ''), `whsec_${'A'.repeat(32)}`, 'x'.repeat(16), 'ä'.repeat(16)])(
    'may be %s',
    (secret) => {
      expect(callbackSecretFault(secret)).toBeUndefined();
    },
  );

  test.each([
    ['', /at least 16 characters/],
    ['x'.repeat(15), /at least 16 characters/],
    ['😀'.repeat(8), /at least 16 characters/],
    ['whsec_', /base64 of at least 24 bytes/],
    [`whsec_${'A'.repeat(31)}`, /base64 of at least 24 bytes/],
    [`whsec_${'A'.repeat(40)}!`, /base64/],
    [`whsec_${'A'.repeat(40)}-_`, /base64/],
    [`whsec_ ${'A'.repeat(40)}`, /base64/],
  ])('is not %j', (secret, fault) => {
    expect(callbackSecretFault(secret)).toMatch(fault);
  });
});
