import { goalText, isMet } from '../goal.ts';
import type { Reading } from '../measurement.ts';
import { shown } from './numbers.ts';

/** The readings as a table for a terminal. */
export function tableOf(readings: readonly Reading[]): string {
  const rows = [
    ['what', 'value', 'goal', '', 'how'],
    ...readings.map(({ what, value, unit, goal, how }) => [
      what,
      `${shown(value)}${unit}`,
      goalText(goal, unit),
      isMet(goal, value) ? 'pass' : 'MISS',
      how,
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
