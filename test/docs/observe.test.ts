import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventMembers, membersOfAll } from '../runs/events/eventMembers.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/observe.md'), 'utf8');
const codeIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
const rows = [...text.matchAll(/^\| `([a-z]+\.[a-zA-Z]+)` \|[^|]*\|([^|]*)\|$/gm)].map(
  ([, event = '', besides = '']) => [event, codeIn(besides)] as const,
);
const queries = [...text.matchAll(/```kusto\n([\s\S]*?)```/g)].map(([, query = '']) => query);

describe('docs/observe.md', () => {
  test('has a row for each event, and for nothing else', () => {
    expect(rows.map(([event]) => event).sort()).toEqual(Object.keys(eventMembers).sort());
  });

  test.each(rows.filter(([, besides]) => besides.length > 0))('says what %s has', (event, besides) => {
    expect([...besides].sort()).toEqual([...(eventMembers[event] ?? [])].sort());
  });

  test('asks for events and properties that there are', () => {
    const asked = queries.flatMap((query) => [...query.matchAll(/\be\.(\w+)/g)].map(([, name]) => name));
    const named = queries.flatMap((query) =>
      [...query.matchAll(/'(?:\{"event":")?((?:run|callback)\.\w+)"?'/g)].map(([, name]) => name),
    );

    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !membersOfAll.has(name ?? ''))).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !((name as string) in eventMembers))).toEqual([]);
  });

  test('shows an event as one is', () => {
    const [, line = ''] = /```json\n(.*)\n```/.exec(text) ?? [];
    const { event, ...shown } = JSON.parse(line) as { event: string };

    const about = ['runId', 'containerGroup', 'job', 'mode', 'traceId'];
    expect(
      Object.keys(shown).filter((name) => ![...about, ...(eventMembers[event] ?? [])].includes(name)),
    ).toEqual([]);
  });
});
