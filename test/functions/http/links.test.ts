import { describe, expect, test } from 'vitest';
import { containerGroupUrl, originOf, runLinks } from '../../../src/functions/http/links.ts';
import { createTickets } from '../../../src/runs/tickets.ts';
import { groupParams, groupUrl, launcherSecret, origin, requestOf } from '../call.ts';

describe('the origin of absolute URLs', () => {
  test.each([
    ['http://localhost:7071/api/jobs', 'http://localhost:7071'],
    ['http://127.0.0.1:7071/api/jobs', 'http://127.0.0.1:7071'],
    ['http://[::1]/api/jobs', 'http://[::1]'],
    ['https://attacker.example.org/api/jobs', ''],
    ['https://localhost.example.org/api/jobs', ''],
  ])(
    'with none set is, for %s, %j: what a caller wrote into Host counts on loopback alone',
    (url, expected) => {
      expect(originOf(requestOf({ url }), undefined)).toBe(expected);
    },
  );

  test('is what the settings say, whatever the caller wrote', () => {
    expect(originOf(requestOf({ url: 'http://localhost:7071/api' }), origin)).toBe(origin);
  });
});

describe('the links of a run', () => {
  const run = { id: '019a0000-0000-7000-8000-000000000000', containerGroup: groupParams, createdAt: 1_000 };
  const self = `${groupUrl}/runs/${run.id}`;
  const links = {
    self,
    logs: `${self}/logs`,
    cancel: `${self}/cancel`,
    rerun: `${self}/rerun`,
    containerGroup: groupUrl,
  };

  test('lead to the run, its logs, what can be done about it, and its group', () => {
    expect(runLinks(run, { origin, tickets: undefined, runRetentionDays: 1 })).toEqual(links);
  });

  test('lead with a ticket to its result, as long as the run is kept', () => {
    const tickets = createTickets([launcherSecret]);
    const { result = '', ...others } = runLinks(run, { origin, tickets, runRetentionDays: 1 });
    const ticket = result.slice(`${origin}/api/results/`.length);

    expect(others).toEqual(links);
    expect(result).toBe(`${origin}/api/results/${ticket}`);
    expect(tickets.read(ticket, 86_400_000)).toEqual({ containerGroup: groupParams, runId: run.id });
    expect(tickets.read(ticket, 86_401_000)).toBeUndefined();
  });

  test('hold any name of a resource group, in characters of a header', () => {
    const url = containerGroupUrl('', { ...groupParams, resourceGroup: 'Größe_(1).x' });

    expect(url).toBe(`/api/azure/containers/${groupParams.subscriptionId}/Gr%C3%B6%C3%9Fe_(1).x/nightly`);
  });
});
