import { expect, test } from 'vitest';
import alerts from '../../infra/alerts.json' with { type: 'json' };
import { bicepFile, objectsIn } from './bicepObjects.ts';

test('each alert is for an event of the list, and each event has one', () => {
  expect(alerts.rules.map(({ event }) => event).sort()).toEqual([...alerts.events].sort());
  expect(new Set(alerts.rules.map(({ name }) => name)).size).toBe(alerts.rules.length);
});

test('the query looks for that event, where telemetry keeps what the app says of a run', () => {
  const { resources } = bicepFile('modules/alerts.bicep');
  const queries = resources
    .flatMap(({ body }) => objectsIn(body))
    .flatMap(({ members }) => members.filter(({ key }) => key === 'query'));

  expect(queries.map(({ value }) => value)).toMatchObject([
    {
      kind: 'string',
      parts: [
        'union isfuzzy=true AppTraces, AppEvents | where tostring(Properties.event) == "',
        { kind: 'member', of: { name: 'alert' }, name: 'event' },
        '"',
      ],
    },
  ]);
});
