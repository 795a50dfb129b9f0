import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isMet } from '../goal.ts';
import type { Reading } from '../measurement.ts';
import { shown } from './numbers.ts';
import { pictureOf } from './picture.ts';
import { tableOf } from './table.ts';

const readings: Reading[] = [
  { what: 'a launch', value: 1.234, unit: '×', goal: { atMost: 1.15 }, how: 'median of 3' },
  { what: 'calls < many', value: 2, unit: '', goal: { exactly: 2 }, how: 'counted' },
];

test('numbers are shown with three digits, or as many as stand before the point', () => {
  expect([0, 0.5789, 1.1049, 21.34, 511, 1210.4].map(shown)).toEqual([
    '0',
    '0.579',
    '1.1',
    '21.3',
    '511',
    '1210',
  ]);
});

test('the table has a line for each reading, and says whether its goal is met', () => {
  expect(tableOf(readings).split('\n')).toEqual([
    'what          value  goal           how',
    'a launch      1.23×  ≤ 1.15×  MISS  median of 3',
    'calls < many  2      = 2      pass  counted',
  ]);
});

test('the picture has a bar for each reading, and nothing that could run', () => {
  const picture = pictureOf(readings, 'a machine & a day');

  expect(picture.match(/<rect class="(?:met|missed)"/g)).toHaveLength(2);
  expect(picture).toContain('calls &lt; many');
  expect(picture).toContain('a machine &amp; a day');
  expect(picture).toContain('prefers-color-scheme:dark');
  expect(picture).not.toMatch(/<script|\son\w+=|href/);
});

test('a bar that misses its goal goes beyond it, one that meets it ends there or before', () => {
  const at = (value: number) => {
    const picture = pictureOf([{ ...(readings[0] as Reading), value }], '');
    const [, left = '', width = ''] = /<rect class="\w+" x="(\d+)" y="\d+" width="(\d+)"/.exec(picture) ?? [];
    const [, goal = ''] = /<line class="goal" x1="(\d+)"/.exec(picture) ?? [];
    return Number(left) + Number(width) - Number(goal);
  };
  expect(at(1.3)).toBeGreaterThan(0);
  expect(at(1.15)).toBe(0);
  expect(at(0.5)).toBeLessThan(0);
  expect(at(0)).toBeLessThan(at(0.5));
});

test('the picture in docs/bench is that of the figures beside it', () => {
  const kept = (name: string) =>
    readFileSync(new URL(`../../../docs/bench/${name}`, import.meta.url), 'utf8');
  const { measuredAt, machine, readings } = JSON.parse(kept('results.json')) as {
    measuredAt: string;
    machine: string;
    readings: Reading[];
  };

  expect(kept('results.svg')).toBe(
    pictureOf(readings, `npm run bench, ${measuredAt.slice(0, 10)}, ${machine}`),
  );
  expect(readings.length).toBeGreaterThan(10);
  expect(readings.map(({ goal, value }) => isMet(goal, value))).toContain(true);
});
