import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Api } from '../../src/console/api/api.ts';
import { fits, periodOf } from '../../src/console/history/historyFilter.ts';
import { takeNewest } from '../../src/console/history/newestFirst.ts';
import { readHistory, unreadHistory } from '../../src/console/history/readHistory.ts';

const run = (createdAt: number, status = 'Succeeded') => ({
  createdAt: new Date(createdAt).toISOString(),
  status,
});

describe('several lists as one', () => {
  test('have all of their runs in it once, the newest first', () => {
    const list = fc
      .array(fc.integer({ min: 0, max: 1e6 }))
      .map((times) => times.sort((one, other) => other - one).map((time) => run(time)));
    fc.assert(
      fc.property(fc.array(list), (lists) => {
        const { taken, starved } = takeNewest(lists.map((buffer) => ({ unread: false, buffer })));
        const times = taken.map(({ createdAt }) => createdAt);
        expect(starved).toEqual([]);
        expect(times).toEqual(
          lists
            .flat()
            .map(({ createdAt }) => createdAt)
            .sort()
            .reverse(),
        );
      }),
    );
  });

  test('wait for a list of which newer ones may come', () => {
    const { taken, left, starved } = takeNewest([
      { unread: true, buffer: [run(9), run(5)] },
      { unread: false, buffer: [run(7), run(3)] },
    ]);

    expect(taken).toEqual([run(9), run(7), run(5)]);
    expect(left.map(({ buffer }) => buffer)).toEqual([[], [run(3)]]);
    expect(starved).toEqual([0]);
  });
});

describe('the filter', () => {
  const period = { first: 10, last: 20 };

  test('lets through what has the status and is of the time', () => {
    expect([9, 10, 20, 21].map((at) => fits(run(at) as never, {}, period))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(fits(run(15, 'Running') as never, { status: 'open' }, period)).toBe(true);
    expect(fits(run(15, 'Failed') as never, { status: 'open' }, period)).toBe(false);
    expect(fits(run(15, 'Failed') as never, { status: 'Failed' }, period)).toBe(true);
  });

  test('counts days from their start to their end, in the time of who looks', () => {
    const { first, last } = periodOf({ from: '2026-01-30', to: '2026-01-31', page: 0 }, 0);

    expect([new Date(first).getHours(), new Date(first).getDate()]).toEqual([0, 30]);
    expect(last - first).toBe(2 * 86_400_000 - 1);
    expect(periodOf({ within: 'hour', page: 0 }, 3_600_001)).toEqual({
      first: 1,
      last: Number.POSITIVE_INFINITY,
    });
    expect(periodOf({ from: '2026-99-99', page: 0 }, 0).first).toBe(0);
  });
});

describe('reading a history', () => {
  /** A list of so many runs, ten seconds apart, in pages. */
  const apiOf = (lists: Record<string, number>) => {
    const asked: string[] = [];
    const api: Api = {
      async get<T>(path: string) {
        asked.push(path);
        const url = new URL(path, 'http://any');
        const from = Number(url.searchParams.get('skipToken') ?? 0);
        const most = Number(url.searchParams.get('top'));
        const count = lists[url.pathname.slice(1)] ?? 0;
        const value = Array.from({ length: Math.min(most, count - from) }, (_, index) =>
          run(1e9 - (from + index) * 10_000),
        );
        const nextLink = `https://elsewhere.example/api/x?top=${most}&skipToken=${from + most}`;
        return { value, ...(from + most < count && { nextLink }) } as unknown as T;
      },
      post: () => Promise.reject(new Error('nothing is posted')),
    };
    return { api, asked };
  };
  const { signal } = new AbortController();
  const asking = { filter: { page: 0 }, wanted: 51, now: 1e9, signal };

  test('stops when there is enough, and goes on from there', async () => {
    const { api, asked } = apiOf({ a: 250, b: 10 });
    const first = await readHistory(api, unreadHistory(['a', 'b']), asking);
    const second = await readHistory(api, first, { ...asking, wanted: 400 });

    expect([first.read, first.isComplete, first.found.length >= 51]).toEqual([110, false, true]);
    expect([second.read, second.isComplete, second.found.length]).toEqual([260, true, 260]);
    expect(asked).toEqual(['a?top=100', 'b?top=100', 'a?top=100&skipToken=100', 'a?top=100&skipToken=200']);
    expect(first.found).toHaveLength(110); // it stays what it was
  });

  test('looks at a thousand at a time, however few fit', async () => {
    const { api } = apiOf({ a: 5_000 });
    const filter = { page: 0, status: 'Failed' as const };
    const first = await readHistory(api, unreadHistory(['a']), { ...asking, filter });
    const second = await readHistory(api, first, { ...asking, filter });

    expect([first.read, second.read, second.isComplete]).toEqual([1_000, 2_000, false]);
  });

  test('stops at what is too old, and has nothing to read where there is no list', async () => {
    const { api, asked } = apiOf({ a: 100_000 });
    const hour = await readHistory(api, unreadHistory(['a']), {
      ...asking,
      filter: { page: 0, within: 'hour' },
      wanted: 1e6,
    });

    expect([hour.isComplete, hour.found.length, asked.length]).toEqual([true, 361, 4]);
    expect((await readHistory(api, unreadHistory([]), asking)).isComplete).toBe(true);
  });
});
