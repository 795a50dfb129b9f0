import { isOver, type Run, type RunStatus } from '../../runs/run.ts';

export const statuses: readonly RunStatus[] = ['NotStarted', 'Running', 'Succeeded', 'Failed', 'Canceled'];

/** How far back a list may go, in milliseconds, by the word in the URL. */
export const spans = { hour: 3_600_000, day: 86_400_000, week: 604_800_000, month: 2_592_000_000 } as const;
export type Span = keyof typeof spans;

/** Which runs the history shows. */
export type HistoryFilter = {
  /** One job's; all jobs' without it. */
  job?: string;
  /** One group's, whoever started them, by its resource id. */
  group?: string;
  /** `open` for all that are not over. */
  status?: RunStatus | 'open';
  within?: Span;
  /** The first and last day, `YYYY-MM-DD`, in the time of whoever looks. */
  from?: string;
  to?: string;
  /** Which page of the list, from 0. */
  page: number;
};

/** What of the URL's parameters makes sense; the rest is left out. */
export function readHistoryFilter(parameters: URLSearchParams): HistoryFilter {
  const text = (name: string) => parameters.get(name) || undefined;
  const [job, group, status, within] = ['job', 'group', 'status', 'within'].map(text);
  const [from, to] = ['from', 'to'].map((name) =>
    /^\d{4}-\d\d-\d\d$/.test(text(name) ?? '') ? text(name) : undefined,
  );
  const page = text('page') ?? '';
  const isStatus = (word: string | undefined): word is RunStatus | 'open' =>
    word === 'open' || (statuses as readonly (string | undefined)[]).includes(word);
  return {
    ...(group !== undefined ? { group } : job !== undefined && { job }),
    ...(isStatus(status) && { status }),
    ...(within !== undefined && Object.hasOwn(spans, within) && { within: within as Span }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    page: /^[1-9]\d{0,4}$/.test(page) ? Number(page) - 1 : 0,
  };
}

/** What `readHistoryFilter` reads; pages count from 1 there. */
export function historyParameters({ page, ...filter }: HistoryFilter): URLSearchParams {
  const named = Object.entries(filter).filter(([name, value]) => name !== 'view' && value !== undefined);
  return new URLSearchParams([
    ...named.map(([name, value]): [string, string] => [name, String(value)]),
    ...(page > 0 ? [['page', String(page + 1)] as [string, string]] : []),
  ]);
}

/** The first and the last moment that a filter lets through, in milliseconds since 1970. */
export function periodOf({ within, from, to }: HistoryFilter, now: number): { first: number; last: number } {
  const first = Math.max(
    within === undefined ? 0 : now - spans[within],
    from === undefined ? 0 : Date.parse(`${from}T00:00:00`),
  );
  const last = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${to}T23:59:59.999`);
  return { first: first || 0, last: Number.isNaN(last) ? Number.POSITIVE_INFINITY : last };
}

/** Whether a run is one of those that a filter asks for, its job and group apart. */
export function fits(
  run: Pick<Run, 'status' | 'createdAt'>,
  { status }: Pick<HistoryFilter, 'status'>,
  { first, last }: { first: number; last: number },
): boolean {
  const asked = Date.parse(run.createdAt);
  const isStatus = status === undefined || (status === 'open' ? !isOver(run) : run.status === status);
  return isStatus && asked >= first && asked <= last;
}
