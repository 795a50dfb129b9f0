import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containerGroupIdFaults } from '../../src/aci/containerGroupId.ts';
import { newRunId } from '../../src/runs/runId.ts';
import { createTickets } from '../../src/runs/tickets.ts';

const [current, old] = ['c'.repeat(32), 'o'.repeat(32)];
const tickets = createTickets([current]);
const now = Date.UTC(2026, 10, 21);
const run = {
  containerGroup: {
    subscriptionId: '0a000000-0000-0000-0000-00000000000f',
    resourceGroup: 'jobs',
    name: 'nightly',
  },
  runId: newRunId(now, new Uint8Array(16).fill(9)),
};
const given = { ...run, expiresAt: now + 60_000 };

const letters = (alphabet: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength });
const runs = fc.record({
  containerGroup: fc
    .record({
      subscriptionId: fc.uuid(),
      resourceGroup: letters('aZ09_().-äßجοбжク漢字𝒳𠮷', 90),
      name: letters('abzABZ09-', 63),
    })
    .filter((id) => containerGroupIdFaults(id).length === 0),
  runId: fc
    .tuple(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))
    .map(([time, random]) => newRunId(time, random)),
});
const moments = fc.integer({ min: 1, max: 2 ** 42 });

describe('a ticket', () => {
  test('tells its run until it expires, for groups with names of every script', () => {
    fc.assert(
      fc.property(runs, moments, (run, expiresAt) => {
        const ticket = tickets.issue({ ...run, expiresAt });
        const second = Math.floor(expiresAt / 1000) * 1000;
        expect(tickets.read(ticket, second - 1)).toEqual(run);
        expect(tickets.read(ticket, second)).toBeUndefined();
      }),
    );
  });

  test('is URL-safe, and at most 400 characters for the longest names that ARM can have', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const ticket = tickets.issue({ ...run, expiresAt: now });
        expect(ticket).toMatch(/^[\w-]+$/);
        expect(ticket.length <= 400 || run.containerGroup.resourceGroup.length > 90).toBe(true);
      }),
    );
    for (const resourceGroup of ['漢'.repeat(90), '𠮷'.repeat(45)]) {
      const longest = { ...run.containerGroup, resourceGroup, name: 'x'.repeat(63) };
      expect(tickets.issue({ ...given, containerGroup: longest }).length).toBeLessThanOrEqual(400);
    }
  });

  test('is the same for the same run and expiry, and another for any other', () => {
    fc.assert(
      fc.property(runs, moments, runs, moments, (one, oneEnd, other, otherEnd) => {
        const ticket = tickets.issue({ ...one, expiresAt: oneEnd });
        expect(tickets.issue({ ...one, expiresAt: oneEnd })).toBe(ticket);
        expect(tickets.issue({ ...other, expiresAt: oneEnd })).not.toBe(ticket);
        fc.pre(Math.floor(oneEnd / 1000) !== Math.floor(otherEnd / 1000));
        expect(tickets.issue({ ...one, expiresAt: otherEnd })).not.toBe(ticket);
      }),
    );
  });

  test('gives ids of upper case in lower case', () => {
    const upper = {
      ...given,
      runId: run.runId.toUpperCase(),
      containerGroup: {
        ...run.containerGroup,
        subscriptionId: run.containerGroup.subscriptionId.toUpperCase(),
      },
    };

    expect(tickets.read(tickets.issue(upper), now)).toEqual(run);
  });
});

describe('no ticket', () => {
  test('is one with any character changed, left out or added', () => {
    const ticket = tickets.issue(given);
    for (let at = 0; at <= ticket.length; at += 1) {
      // Every character, for base64 lets the last one of its text be several.
      for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/.% \n\u00e4') {
        const changed = ticket.slice(0, at) + character + ticket.slice(at + 1);
        expect(changed === ticket || tickets.read(changed, now) === undefined).toBe(true);
        expect(tickets.read(ticket.slice(0, at) + character + ticket.slice(at), now)).toBeUndefined();
      }
      expect(at === ticket.length || tickets.read(ticket.slice(0, at), now) === undefined).toBe(true);
    }
    expect(tickets.read(ticket, now)).toEqual(run);
  });

  test('is one of another secret', () => {
    expect(createTickets([old]).read(tickets.issue(given), now)).toBeUndefined();
  });

  test('is any other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        expect(tickets.read(text, now)).toBeUndefined();
      }),
    );
    expect(tickets.read('', now)).toBeUndefined();
  });

  test.each([
    { ...given, runId: 'x' },
    { ...given, runId: '00000000-0000-4000-8000-000000000000' },
    { ...given, containerGroup: { ...run.containerGroup, subscriptionId: 'x' } },
    { ...given, containerGroup: { ...run.containerGroup, name: 'a_b' } },
    { ...given, containerGroup: { ...run.containerGroup, resourceGroup: '' } },
    { ...given, expiresAt: -1 },
    { ...given, expiresAt: Number.NaN },
    { ...given, expiresAt: 2 ** 52 },
  ])('is issued for %j', (given) => {
    expect(() => tickets.issue(given)).toThrow(RangeError);
  });
});

test('every secret of the list is taken, and the first signs', () => {
  const rotated = createTickets([current, old]);

  expect(rotated.read(createTickets([old]).issue(given), now)).toEqual(run);
  expect(rotated.issue(given)).toBe(tickets.issue(given));
  expect(() => createTickets([])).toThrow(RangeError);
});
