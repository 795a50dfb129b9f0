import { afterEach, expect, test, vi } from 'vitest';
import alerts from '../../infra/alerts.json' with { type: 'json' };
import { logEvent } from '../../src/functions/telemetry/invocation.ts';
import { eventMembers } from '../runs/events/eventMembers.ts';
import { bicepFile, objectsIn } from './bicepObjects.ts';

afterEach(() => void vi.restoreAllMocks());

const queries = bicepFile('modules/alerts.bicep')
  .resources.flatMap(({ body }) => objectsIn(body))
  .flatMap(({ members }) => members.filter(({ key }) => key === 'query'))
  .map(({ value }) => value);

/** The query of the alert on an event, as Bicep puts it together. */
function queryOf(event: string): string {
  const [query] = queries;
  const parts = query?.kind === 'string' ? query.parts : [];
  expect(parts.filter((part) => typeof part !== 'string')).toMatchObject([
    { kind: 'member', of: { name: 'alert' }, name: 'event' },
  ]);
  return parts.map((part) => (typeof part === 'string' ? part : event)).join('');
}

test('there is an alert for each way in which a run can end badly, and each is for an event that there is', () => {
  const events = alerts.rules.map(({ event }) => event);

  expect(events.sort()).toEqual(['run.failed', 'run.timedOut']);
  expect(events.filter((event) => !Object.hasOwn(eventMembers, event))).toEqual([]);
  expect(new Set(alerts.rules.map(({ name }) => name)).size).toBe(alerts.rules.length);
});

test.each(['run.failed', 'run.timedOut'] as const)('its query finds %s as the app writes it', (event) => {
  const info = vi.spyOn(console, 'info').mockReturnValue();
  logEvent({
    event,
    runId: 'r',
    containerGroup: 'g',
    mode: 'recreate',
    status: 'Failed',
    reason: 'NonZeroExit',
    attempts: 1,
    totalSeconds: 2,
  });
  const [[line] = []] = info.mock.calls;
  const [, start = 'nothing'] =
    /^AppTraces \| where Message startswith '([^']+)'$/.exec(queryOf(event)) ?? [];

  expect(String(line).startsWith(start)).toBe(true);
});
