import type { RunList, ShownRun } from '../api/answers.ts';
import type { Api } from '../api/api.ts';
import { fits, type HistoryFilter, periodOf } from './historyFilter.ts';
import { type Source, takeNewest } from './newestFirst.ts';

/** So many runs are asked for at a time of each list, and looked at before somebody is asked whether to read on. */
const pageSize = 100;
export const mostReadAtOnce = 1_000;

/** What was read of a history, and where it goes on. */
export type HistoryRead = {
  /** Those that the filter lets through, newest first. */
  found: ShownRun[];
  /** How many were looked at. */
  read: number;
  /** Whether there are none beyond these that the filter could let through. */
  isComplete: boolean;
  lists: (Source<ShownRun> & { path: string; next: string | undefined })[];
};

/** A history of which nothing is read yet. @param paths of the lists that it is made of. */
export function unreadHistory(paths: readonly string[]): HistoryRead {
  const lists = paths.map((path) => ({ path, next: `${path}?top=${pageSize}`, unread: true, buffer: [] }));
  return { found: [], read: 0, isComplete: paths.length === 0, lists };
}

/**
 * Reads on until there are so many runs to show, or a thousand more were looked at.
 * @returns a new value; the one before stays what it is.
 */
export async function readHistory(
  api: Api,
  before: HistoryRead,
  {
    filter,
    wanted,
    now,
    signal,
  }: { filter: HistoryFilter; wanted: number; now: number; signal: AbortSignal },
): Promise<HistoryRead> {
  const period = periodOf(filter, now);
  const history = { ...before, found: [...before.found] };
  let asked = 0;
  while (history.found.length < wanted && !history.isComplete) {
    const { taken, left, starved } = takeNewest(history.lists);
    history.found.push(...taken.filter((run) => fits(run, filter, period)));
    const isTooOld = taken.some(({ createdAt }) => Date.parse(createdAt) < period.first);
    history.isComplete = isTooOld || starved.length === 0;
    history.lists = history.lists.map((list, index) => ({ ...list, ...left[index] }));
    if (history.isComplete || history.found.length >= wanted || asked >= mostReadAtOnce) {
      break;
    }
    const pages = await Promise.all(
      starved.map((index) => readPage(api, history.lists[index]?.next, signal)),
    );
    for (const [position, index] of starved.entries()) {
      const page = pages[position];
      const list = history.lists[index];
      if (page && list) {
        const next = page.nextLink && `${list.path}${new URL(page.nextLink, 'http://any').search}`;
        history.lists[index] = { ...list, next, unread: next !== undefined, buffer: page.value };
        history.read += page.value.length;
        asked += Math.max(page.value.length, pageSize); // a page of nothing costs the app as much
      }
    }
  }
  return history;
}

function readPage(api: Api, next: string | undefined, signal: AbortSignal): Promise<RunList> {
  return next === undefined ? Promise.resolve({ value: [] }) : api.get<RunList>(next, signal);
}
