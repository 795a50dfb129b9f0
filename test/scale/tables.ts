import { defaultLimits } from '../../local/aci/limits.ts';
import { median } from '../bench/statistics.ts';
import { costOfRun } from './costOfRun.ts';
import { type HourReport, provisioningSeconds, simulateHour } from './simulateHour.ts';

const runSeconds = 300;
const startWithinSeconds = 1_800;

/** How many requests come in an hour, and over how many pairs of subscription and region they are spread. */
const loads = [
  { runs: 10, pairs: 1 },
  { runs: 250, pairs: 1 },
  { runs: 1_000, pairs: 1 },
  { runs: 1_000, pairs: 4 },
  { runs: 100_000, pairs: 200 },
  { runs: 100_000, pairs: 400 },
];

const durations = [10, 60, 300, 3_600];

/** What quotas do to an hour's requests, as a table in Markdown. */
export function quotaTable(): string {
  const rows = loads.map(({ runs, pairs }) => {
    const report = simulateHour({ runs: Math.round(runs / pairs), runSeconds, startWithinSeconds });
    const all = report.waits.length + report.neverStarted;
    const within = (seconds: number) =>
      `${((report.waits.filter((wait) => wait <= seconds).length / all) * 100).toFixed(0)} %`;
    const seconds = (value: number | undefined) => (value === undefined ? '–' : `${value.toFixed(0)} s`);
    return [
      number(runs),
      number(pairs),
      within(60),
      within(startWithinSeconds),
      seconds(report.waits.length === 0 ? undefined : median(report.waits)),
      seconds(report.waits.at(-1)),
      number(report.mostAtOnce * pairs),
      number(report.reads * pairs),
      number(report.writes * pairs),
      refusals(report, pairs),
    ];
  });
  return markdown(
    [
      'runs an hour',
      'pairs',
      'launched within 1 min',
      'within 30 min',
      'median wait',
      'longest',
      'groups at once',
      'GETs',
      'PUTs',
      'of them refused',
    ],
    rows,
  );
}

/** What a run costs, as a table in Markdown. */
export async function costTable(): Promise<string> {
  const rows = await Promise.all(
    durations.map(async (seconds) => {
      const cost = await costOfRun(seconds);
      return [
        `${number(seconds)} s`,
        number(cost.armReads),
        number(cost.armWrites),
        number(cost.tableReads),
        number(cost.tableTransactions),
        number(cost.messages),
        number(cost.tableReads + cost.tableTransactions + 3 * cost.messages),
      ];
    }),
  );
  return markdown(
    ['run of', 'ARM reads', 'ARM writes', 'table reads', 'transactions', 'messages', 'storage operations'],
    rows,
  );
}

/** How many runs an hour one pair takes at best, by each of its limits, as a table in Markdown. */
export async function capacityTable(): Promise<string> {
  const { containerGroups, resourceRequestsPerHour, reads } = defaultLimits;
  const rows = await Promise.all(
    durations.map(async (seconds) => {
      const { armReads } = await costOfRun(seconds);
      const byGroups = (containerGroups * 3_600) / (seconds + provisioningSeconds);
      const byReads = (reads.refillPerSecond * 3_600) / armReads;
      const each = [resourceRequestsPerHour, byGroups, byReads].map(Math.floor);
      return [`${number(seconds)} s`, ...each.map(number), number(Math.min(...each))];
    }),
  );
  return markdown(['run of', 'by creates', 'by groups at once', 'by reads', 'so at most'], rows);
}

function refusals({ refused }: HourReport, pairs: number): string {
  const each = [...refused].map(([code, count]) => `${code} ${number(count * pairs)}`);
  return each.length === 0 ? 'none' : each.join(', ');
}

function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function markdown(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
