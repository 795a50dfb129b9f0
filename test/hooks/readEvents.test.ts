import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/aci/json.ts';
import { readEvents } from '../../src/hooks/events/readEvents.ts';
import {
  all,
  blobCreated,
  firedAlert,
  githubPush,
  imagePushed,
  notification,
  registryPush,
  resolvedAlert,
  subscriptionValidation,
} from './samples.ts';
import { hookOf, requestOf, type Sent, signedSenders } from './senders.ts';

const secret = 'letters-and-digits-0123';
const grid = hookOf({ preset: 'event-grid' }, secret);
const monitor = hookOf({ preset: 'azure-monitor' }, secret);
const header = hookOf({ preset: 'secret-header', header: 'X-A' }, secret);
const whsec = 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=';

function read(hook: typeof grid, sent: Sent) {
  return readEvents(hook, requestOf(sent));
}

/** The events, where nothing is wrong. */
function eventsOf(hook: typeof grid, sent: Sent) {
  const { events, faults } = read(hook, sent);
  expect(faults).toEqual([]);
  return events;
}

/** The places of what is wrong, where there are no events. */
function faultsOf(hook: typeof grid, sent: Sent) {
  const { events, faults } = read(hook, sent);
  expect(events).toEqual([]);
  return faults.map(({ target }) => target);
}

describe('one delivery of a sender that signs is one event', () => {
  test('of GitHub, by its delivery', () => {
    expect(eventsOf(hookOf({ preset: 'github' }, secret), githubPush)).toEqual([
      {
        deliveryId: '7f0d9c1e-2f5a-4d55-9c41-0b8d1a6f2e90',
        body: githubPush.body,
        attributes: { CE_ID: '7f0d9c1e-2f5a-4d55-9c41-0b8d1a6f2e90', CE_TYPE: 'push' },
      },
    ]);
  });

  test('of Standard Webhooks, by its webhook-id', () => {
    const body = { type: 'job.requested', timestamp: '2026-09-21T14:13:20Z', data: {} };

    expect(
      eventsOf(hookOf({ preset: 'standard-webhooks' }, whsec), { headers: { 'webhook-id': 'msg_1' }, body }),
    ).toEqual([
      {
        deliveryId: 'msg_1',
        body,
        attributes: { CE_ID: 'msg_1', CE_TYPE: 'job.requested', CE_TIME: '2026-09-21T14:13:20Z' },
      },
    ]);
  });

  test('of Stripe and Slack, by an id in the body', () => {
    const stripe = { id: 'evt_1', type: 'invoice.paid', created: 1790000000 };
    const slack = { event_id: 'Ev1', type: 'event_callback', event: { type: 'app_mention' } };

    expect(eventsOf(hookOf({ preset: 'stripe' }, secret), { body: stripe })).toEqual([
      { deliveryId: 'evt_1', body: stripe, attributes: { CE_ID: 'evt_1', CE_TYPE: 'invoice.paid' } },
    ]);
    expect(eventsOf(hookOf({ preset: 'slack' }, secret), { body: slack })).toEqual([
      { deliveryId: 'Ev1', body: slack, attributes: { CE_ID: 'Ev1', CE_TYPE: 'app_mention' } },
    ]);
  });

  test('of anybody, even where it says nothing of itself', () => {
    for (const { config, secrets } of signedSenders) {
      for (const body of [{}, [], null, 'text', 1, [imagePushed, imagePushed]]) {
        expect(eventsOf(hookOf(config, ...secrets), { body })).toEqual([
          { deliveryId: undefined, body, attributes: {} },
        ]);
      }
    }
  });

  test('whose headers of CloudEvents, which nobody signed, say nothing', () => {
    const headers = { 'ce-specversion': '1.0', 'ce-id': 'x', 'ce-source': 'x', 'ce-type': 'x' };

    expect(eventsOf(hookOf({ preset: 'stripe' }, secret), { headers, body: { a: 1 } })).toEqual([
      { deliveryId: undefined, body: { a: 1 }, attributes: {} },
    ]);
  });
});

describe('deliveries of a sender of no fixed kind', () => {
  const custom = { preset: 'custom', signatureHeader: 'X-Signature' } as const;
  const signedId = { ...custom, idHeader: 'X-Id', signedContent: '{id}.{body}' };

  test.each([
    ['by a header', { ...custom, dedupeHeader: 'X-Delivery' }, 'd1'],
    ['by the id that is signed', signedId, 'i1'],
    ['by another header than the signed id', { ...signedId, dedupeHeader: 'X-Delivery' }, 'd1'],
    ['by what the body says rather than the signed id', { ...signedId, dedupeFrom: '/event/id' }, 'e1'],
    ['by a number', { ...custom, dedupeFrom: ['/count'] }, '12'],
    ['by several things together', { ...custom, dedupeFrom: ['/event/id', '/count'] }, '["e1","12"]'],
    ['by nothing where a part is missing', { ...custom, dedupeFrom: ['/event/id', '/no'] }, undefined],
    ['by nothing that is not text', { ...custom, dedupeFrom: '/event' }, undefined],
    ['by nothing inherited', { ...custom, dedupeFrom: '/constructor/name' }, undefined],
    ['by nothing where nothing is said', custom, undefined],
    ['by an empty header no more than by none', { ...custom, dedupeHeader: 'X-Empty' }, undefined],
  ])('are told apart %s', (_, config, expected) => {
    const sent = {
      headers: { 'X-Delivery': 'd1', 'X-Id': 'i1', 'X-Empty': ' ' },
      body: { id: 'never this', event: { id: 'e1' }, count: 12 },
    };
    expect(eventsOf(hookOf(config, secret), sent)[0]?.deliveryId).toBe(expected);
  });

  test('of Docker Hub are told apart by repository, tag and time', () => {
    const hub = hookOf(
      {
        preset: 'secret-header',
        query: 'token',
        dedupeFrom: ['/repository/repo_name', '/push_data/tag', '/push_data/pushed_at'],
      },
      secret,
    );
    const body = {
      push_data: { pushed_at: 1790000000, tag: 'latest' },
      repository: { repo_name: 'acme/report' },
    };

    expect(eventsOf(hub, { body })[0]?.deliveryId).toBe('["acme/report","latest","1790000000"]');
  });

  test('of a container registry are known by their shape', () => {
    expect(eventsOf(header, { body: registryPush })).toEqual([
      {
        deliveryId: registryPush.id,
        body: registryPush,
        attributes: { CE_ID: registryPush.id, CE_TIME: registryPush.timestamp },
      },
    ]);
    const byDigest = hookOf({ preset: 'secret-header', header: 'X-A', dedupeFrom: '/target/digest' }, secret);
    expect(eventsOf(byDigest, { body: registryPush })[0]?.deliveryId).toBe(registryPush.target.digest);
    const { request: _, ...other } = registryPush;
    expect(eventsOf(header, { body: other })[0]?.deliveryId).toBeUndefined();
  });
});

describe('what Event Grid delivers', () => {
  const pushed = {
    deliveryId: JSON.stringify([imagePushed.topic, imagePushed.id]),
    body: imagePushed,
    attributes: {
      CE_ID: imagePushed.id,
      CE_SOURCE: imagePushed.topic,
      CE_TYPE: 'Microsoft.ContainerRegistry.ImagePushed',
      CE_SUBJECT: 'team/report-builder:1.14.2',
      CE_TIME: '2026-09-21T14:20:05.2345678Z',
    },
  };
  const created = {
    deliveryId: JSON.stringify([blobCreated.source, blobCreated.id]),
    body: blobCreated,
    attributes: {
      CE_ID: blobCreated.id,
      CE_SOURCE: blobCreated.source,
      CE_TYPE: blobCreated.type,
      CE_SUBJECT: blobCreated.subject,
      CE_TIME: blobCreated.time,
    },
  };
  const structured = { ...notification, 'content-type': 'application/cloudevents+json; charset=utf-8' };
  const batch = { ...notification, 'content-type': 'application/cloudevents-batch+json; charset=utf-8' };

  test.each([
    ['an array in its own schema', notification, [imagePushed], [pushed]],
    ['a single object in its own schema', notification, imagePushed, [pushed]],
    ['a CloudEvent', structured, blobCreated, [created]],
    ['a CloudEvent under a plain type', notification, blobCreated, [created]],
    ['a batch of CloudEvents', batch, [blobCreated, { ...blobCreated, id: 'b' }], undefined],
    ['several events', notification, [imagePushed, blobCreated], [pushed, created]],
    ['no event', batch, [], []],
  ])('is %s', (_, headers, body, expected) => {
    const events = eventsOf(grid, { headers, body });
    expect(events).toEqual(
      expected ?? [
        created,
        {
          ...created,
          body: { ...blobCreated, id: 'b' },
          deliveryId: JSON.stringify([blobCreated.source, 'b']),
          attributes: { ...created.attributes, CE_ID: 'b' },
        },
      ],
    );
  });

  test('has the same id in both schemas', () => {
    const { id, topic, eventType, subject, eventTime, data } = imagePushed;
    const cloudEvent = {
      specversion: '1.0',
      id,
      source: topic,
      type: eventType,
      subject,
      time: eventTime,
      data,
    };

    const [event] = eventsOf(grid, { headers: structured, body: cloudEvent });
    expect(event).toEqual({ ...pushed, body: cloudEvent });
  });

  test('is never the same for two sources or two ids', () => {
    const idOf = (source: string, id: string) =>
      eventsOf(grid, { body: { specversion: '1.0', type: 't', source, id } })[0]?.deliveryId;
    const word = fc.string({ minLength: 1 }).filter((text) => text !== '');
    fc.assert(
      fc.property(word, word, word, word, (source, id, otherSource, otherId) => {
        const isSame = source === otherSource && id === otherId;
        expect(idOf(source, id) === idOf(otherSource, otherId)).toBe(isSame);
      }),
    );
    expect(idOf('a","b', 'c')).not.toBe(idOf('a', 'b","c'));
  });

  test('may have its attributes in headers, percent-encoded, and then is as if it had come whole', () => {
    const headers = {
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': 'Euro%20%E2%82%AC%20%F0%9F%98%80',
      'ce-source': '/mycontext',
      'ce-type': '"com.example \\"some\\" event%25"',
      'ce-subject': '100%',
      'ce-time': '2018-04-05T03:56:24Z',
      'ce-extension': 'left where it is',
    };

    expect(eventsOf(grid, { headers, body: [1, 2] })).toEqual([
      {
        deliveryId: '["/mycontext","Euro € 😀"]',
        body: {
          specversion: '1.0',
          id: 'Euro € 😀',
          source: '/mycontext',
          type: 'com.example "some" event%',
          subject: '100%',
          time: '2018-04-05T03:56:24Z',
          datacontenttype: 'application/json',
          data: [1, 2],
        },
        attributes: {
          CE_ID: 'Euro € 😀',
          CE_SOURCE: '/mycontext',
          CE_TYPE: 'com.example "some" event%',
          CE_SUBJECT: '100%',
          CE_TIME: '2018-04-05T03:56:24Z',
        },
      },
    ]);
  });

  test('is read from its body where that holds all of it, whatever its headers say', () => {
    const headers = {
      ...structured,
      'ce-specversion': '1.0',
      'ce-id': 'other',
      'ce-source': 'o',
      'ce-type': 'o',
    };

    expect(eventsOf(grid, { headers, body: blobCreated })).toEqual([created]);
  });

  test.each([
    [{ 'ce-id': '' }, ['ce-id']],
    [{ 'ce-id': '%C0%A0' }, ['ce-id']],
    [{ 'ce-subject': '%ff', 'ce-time': '%80' }, ['ce-subject', 'ce-time']],
    [{ 'ce-specversion': '0.3' }, ['ce-specversion']],
    [{ 'ce-source': '', 'ce-type': '""' }, ['ce-source', 'ce-type']],
  ])('is refused with attributes such as %j', (changed, expected) => {
    const headers = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': 's', 'ce-type': 't', ...changed };

    expect(faultsOf(grid, { headers, body: {} })).toEqual(expected);
  });

  test.each<[JsonValue, string[]]>([
    [{}, ['']],
    [null, ['']],
    ['text', ['']],
    [
      [1, imagePushed, []],
      ['/0', '/2'],
    ],
    [[{ ...imagePushed, id: 1 }], ['/0/id']],
    [{ ...imagePushed, id: '', eventType: null }, ['/id', '/eventType']],
    [{ ...blobCreated, specversion: '0.3' }, ['']],
    [{ specversion: '1.0' }, ['/id', '/source', '/type']],
    [[blobCreated, { ...blobCreated, source: '' }], ['/1/source']],
  ])('is taken whole or not at all: %j', (body, expected) => {
    expect(faultsOf(grid, { headers: notification, body })).toEqual(expected);
  });

  test('about the subscription itself is no event', () => {
    const deleted = { ...subscriptionValidation, eventType: 'Microsoft.EventGrid.SubscriptionDeletedEvent' };

    expect(eventsOf(grid, { body: [subscriptionValidation, imagePushed, deleted] })).toEqual([pushed]);
  });

  test('needs no topic', () => {
    const { topic: _, ...event } = imagePushed;
    const { CE_SOURCE: __, ...attributes } = pushed.attributes;

    expect(eventsOf(grid, { body: event })).toEqual([
      { deliveryId: JSON.stringify(['', imagePushed.id]), body: event, attributes },
    ]);
  });
});

describe('what Azure Monitor sends', () => {
  const { alertId, firedDateTime } = firedAlert.data.essentials;
  const fired = {
    deliveryId: JSON.stringify([alertId, 'Fired']),
    body: firedAlert,
    attributes: { CE_ID: alertId, CE_TIME: firedDateTime },
  };
  const both = hookOf({ preset: 'azure-monitor', includeResolved: true }, secret);

  test('is an event when an alert fires', () => {
    expect(eventsOf(monitor, { body: firedAlert })).toEqual([fired]);
  });

  test('is none when it is over, unless asked for', () => {
    expect(eventsOf(monitor, { body: resolvedAlert })).toEqual([]);
    expect(eventsOf(both, { body: firedAlert })).toEqual([fired]);
    expect(eventsOf(both, { body: resolvedAlert })).toEqual([
      {
        deliveryId: JSON.stringify([alertId, 'Resolved']),
        body: resolvedAlert,
        attributes: { CE_ID: alertId, CE_TIME: '2026-09-21T15:10:24.3713213Z' },
      },
    ]);
  });

  test.each<[JsonValue, string[]]>([
    [{}, ['/schemaId']],
    [null, ['/schemaId']],
    [[firedAlert], ['/schemaId']],
    [{ schemaId: 'AzureMonitorMetricAlert', data: {} }, ['/schemaId']],
    [{ schemaId: firedAlert.schemaId }, ['/data/essentials/alertId', '/data/essentials/monitorCondition']],
    [
      { schemaId: firedAlert.schemaId, data: { essentials: { alertId } } },
      ['/data/essentials/monitorCondition'],
    ],
  ])('must be in the common alert schema: %j', (body, expected) => {
    expect(faultsOf(monitor, { body })).toEqual(expected);
  });
});

test('whatever is sent is events or faults, never both, and never throws', () => {
  const hooks = [
    grid,
    monitor,
    header,
    ...signedSenders.map(({ config, secrets }) => hookOf(config, ...secrets)),
  ];
  const member = fc.constantFrom(
    ...[
      'id',
      'topic',
      'source',
      'type',
      'eventType',
      'specversion',
      'data',
      'essentials',
      'schemaId',
      'alertId',
    ],
    ...['monitorCondition', '__proto__', 'constructor', 'toString', 'target', 'request', 'host', 'action'],
  );
  const leaf = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('1.0', '', 'Fired', 'azureMonitorCommonAlertSchema', 'push'),
  );
  const body = fc.oneof(
    leaf,
    fc.dictionary(member, fc.oneof(leaf, fc.dictionary(member, leaf))),
    fc.constantFrom(...all),
    fc
      .tuple(fc.constantFrom(...all), member, leaf)
      .map(([sample, name, value]) => ({ ...sample, [name]: value })),
  );
  const headers = fc.dictionary(
    fc.constantFrom(
      'content-type',
      'ce-specversion',
      'ce-id',
      'ce-source',
      'ce-type',
      'ce-time',
      'webhook-id',
    ),
    fc.oneof(
      fc.string(),
      fc.constantFrom('1.0', '%', '%F0', '"%22', '"\\', 'application/cloudevents+json', 'application/json'),
    ),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...hooks),
      headers,
      fc.oneof(body, fc.array(body, { maxLength: 4 })),
      (hook, sentHeaders, sentBody) => {
        const { events, faults } = read(hook, { headers: sentHeaders, body: sentBody as JsonValue });
        expect(events.length === 0 || faults.length === 0).toBe(true);
        for (const { deliveryId, attributes } of events) {
          expect(deliveryId).not.toBe('');
          expect(Object.values(attributes).every((value) => typeof value === 'string' && value !== '')).toBe(
            true,
          );
        }
        for (const { code, target, message } of faults) {
          expect([typeof code, typeof target, typeof message]).toEqual(['string', 'string', 'string']);
        }
      },
    ),
    { numRuns: 10_000 },
  );
});
