import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handshakeOf } from '../../src/hooks/handshakes/handshakeOf.ts';
import { all, githubPing, githubPush, imagePushed, notification, subscriptionValidation } from './samples.ts';
import { hookOf, requestOf, type Sent, signedSenders } from './senders.ts';

const secret = 'letters-and-digits-0123';
const grid = hookOf({ preset: 'event-grid' }, secret);
const github = hookOf({ preset: 'github' }, secret);
const slack = hookOf({ preset: 'slack' }, secret);
const others = [
  github,
  slack,
  hookOf({ preset: 'azure-monitor' }, secret),
  hookOf({ preset: 'secret-header', header: 'X-A' }, secret),
  ...signedSenders.map(({ config, secrets }) => hookOf(config, ...secrets)),
];

function answer(hook: typeof grid, sent: Sent, verified = true) {
  return handshakeOf(hook, requestOf(sent), { verified });
}

describe('the handshake of Event Grid', () => {
  const headers = { ...notification, 'aeg-event-type': 'SubscriptionValidation' };
  const code = subscriptionValidation.data.validationCode;
  const consent = { status: 200, headers: {}, body: { validationResponse: code } };

  test.each([false, true])('gets its code back with 200, verified or not: %s', (verified) => {
    expect(answer(grid, { headers, body: [subscriptionValidation] }, verified)).toEqual(consent);
  });

  test('may be a single object, whose data may be JSON text', () => {
    const asText = { ...subscriptionValidation, data: JSON.stringify(subscriptionValidation.data) };

    for (const body of [subscriptionValidation, asText, [asText]]) {
      expect(answer(grid, { headers, body })).toEqual(consent);
    }
  });

  test.each([
    [[]],
    [[subscriptionValidation, imagePushed]],
    [[{ ...subscriptionValidation, data: null }]],
    [[{ ...subscriptionValidation, data: 'no JSON' }]],
    [[{ ...subscriptionValidation, data: '{"validationCode":' }]],
    [[{ ...subscriptionValidation, data: { validationCode: 1 } }]],
    [[{ ...subscriptionValidation, data: { validationCode: '' } }]],
    [[{ ...subscriptionValidation, data: { validationCode: 'x'.repeat(10_000) } }]],
    [[{ ...subscriptionValidation, data: JSON.stringify(subscriptionValidation.data).padEnd(10_000) }]],
    [{ ...subscriptionValidation, eventType: 'Microsoft.EventGrid.SubscriptionDeletedEvent' }],
    [{}],
    [null],
    ['text'],
  ])('is no other: %j', (body) => {
    expect(answer(grid, { headers, body })).toBeUndefined();
  });

  test('is for Event Grid alone', () => {
    for (const hook of others) {
      expect(answer(hook, { headers, body: [subscriptionValidation] })).toBeUndefined();
    }
  });

  test.each(['SubscriptionDeletion', 'Unsubscribe', 'subscriptiondeletion'])(
    'says farewell by %s',
    (type) => {
      const sent = { headers: { ...notification, 'aeg-event-type': type }, body: [imagePushed] };

      expect(answer(grid, sent, false)?.status).toBe(200);
      expect(answer(github, sent, true)).toBeUndefined();
    },
  );

  test('is no delivery', () => {
    expect(answer(grid, { headers: notification, body: [imagePushed] })).toBeUndefined();
  });
});

describe('the handshake of CloudEvents', () => {
  const headers = {
    'WebHook-Request-Origin': 'eventgrid.azure.net',
    'WebHook-Request-Callback': 'https://example.invalid/confirm?id=1&key=SAMPLE',
    'WebHook-Request-Rate': '120',
  };
  const refused = { status: 405, headers: { allow: 'POST' } };

  test('gets consent where its origin is allowed', () => {
    expect(answer(grid, { method: 'OPTIONS', headers }, false)).toEqual({
      status: 200,
      headers: {
        allow: 'POST, OPTIONS',
        'webhook-allowed-origin': 'eventgrid.azure.net',
        'webhook-allowed-rate': '120',
      },
    });
  });

  test('is of any cloud that the operator names, and then of no other', () => {
    const china = hookOf(
      { preset: 'event-grid', allowedOrigins: ['eventgrid.azure.cn', 'EventGrid.azure.us'] },
      secret,
    );
    const origin = (name: string) =>
      answer(china, { method: 'OPTIONS', headers: { 'WebHook-Request-Origin': name } })?.headers[
        'webhook-allowed-origin'
      ];

    expect(origin('EVENTGRID.azure.cn')).toBe('eventgrid.azure.cn');
    expect(origin('eventgrid.azure.us')).toBe('EventGrid.azure.us');
    expect(origin('eventgrid.azure.net')).toBeUndefined();
  });

  test.each([
    '',
    '*',
    'eventgrid.azure.net.example.org',
    'example.org',
    'eventgrid.azure.net, example.org',
    'eventgrid.azure.net\r\nx: y',
  ])('gets none where it is not: %j', (origin) => {
    const sent = { method: 'OPTIONS', headers: { ...headers, 'WebHook-Request-Origin': origin } };
    expect(answer(grid, sent)).toEqual(refused);
  });

  test('gets none without an origin, nor from a hook of another preset', () => {
    expect(answer(grid, { method: 'OPTIONS' })).toEqual(refused);
    for (const hook of others) {
      expect(answer(hook, { method: 'OPTIONS', headers })).toEqual(refused);
    }
  });

  test.each(['', '0', '-1', '1e9', 'many', '99999999999', '1\r\nx: y'])(
    'gets no rate that is none: %j',
    (rate) => {
      const sent = { method: 'OPTIONS', headers: { ...headers, 'WebHook-Request-Rate': rate } };
      expect(answer(grid, sent)?.headers['webhook-allowed-rate']).toBe('*');
    },
  );
});

describe('the handshake of others', () => {
  const challenge = {
    token: 'x',
    challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
    type: 'url_verification',
  };

  test('of GitHub is a ping, which starts nothing', () => {
    expect(answer(github, githubPing)).toMatchObject({ status: 200, body: { status: 'Ignored' } });
    expect(answer(github, githubPush)).toBeUndefined();
    expect(answer(slack, githubPing)).toBeUndefined();
  });

  test('of Slack is a challenge, which it gets back', () => {
    expect(answer(slack, { body: challenge })).toEqual({
      status: 200,
      headers: {},
      body: { challenge: challenge.challenge },
    });
    expect(answer(slack, { body: { ...challenge, challenge: 1 } })).toBeUndefined();
    expect(answer(slack, { body: { ...challenge, type: 'event_callback' } })).toBeUndefined();
    expect(answer(github, { body: challenge })).toBeUndefined();
  });

  test('is answered to nobody else', () => {
    expect(answer(github, githubPing, false)).toBeUndefined();
    expect(answer(slack, { body: challenge }, false)).toBeUndefined();
  });
});

test('no handshake throws, whatever is sent', () => {
  const presets = [grid, ...others];
  const body = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(...all),
    fc.dictionary(fc.constantFrom('eventType', 'data', 'type', 'challenge', '__proto__'), fc.jsonValue()),
  );
  const names: string[] = [
    'aeg-event-type',
    'x-github-event',
    'webhook-request-origin',
    'webhook-request-rate',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...presets),
      fc.constantFrom('POST', 'OPTIONS', 'PUT'),
      fc.dictionary(fc.constantFrom(...names), fc.string()),
      fc.oneof(body, fc.array(body, { maxLength: 3 })),
      (hook, method, headers, sent) => {
        const given = handshakeOf(hook, requestOf({ method, headers, body: sent as never }), {
          verified: false,
        });
        expect(method === 'OPTIONS' || hook === grid || given === undefined).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});
