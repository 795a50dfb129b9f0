import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/aci/json.ts';
import { RowConflict, type Rows } from '../../src/runs/store/rows.ts';
import { largeValue } from '../runs/store/largeValue.ts';

/** What every implementation of `Rows` does. */
export function rowsContract(name: string, connect: () => Rows): void {
  describe(name, () => {
    let rows: Rows;
    let partition: string;

    beforeEach(() => {
      rows = connect();
      partition = `${randomUUID()}|größe-数据-𐐷.(1)|job`;
    });

    const create = (key: string, value: JsonObject = {}) => ({ action: 'create' as const, key, value });
    const put = (key: string, value: JsonObject = {}) => ({ action: 'put' as const, key, value });
    const everything = { from: '', before: '~', top: 2_000 };

    async function etagOf(key: string): Promise<string> {
      return (await rows.get(partition, key))?.etag ?? 'none';
    }

    test('a row that is not there is undefined, and a list of none is empty', async () => {
      expect(await rows.get(partition, 'head')).toBeUndefined();
      expect(await rows.list(partition, everything)).toEqual([]);
    });

    test('what is created is got, as it was at that time', async () => {
      const value = { text: "it's", list: [1, null, { deep: true }] };
      await rows.commit(partition, [create('head', value)]);
      value.list = [];

      const row = await rows.get(partition, 'head');
      expect(row).toEqual({
        key: 'head',
        value: { text: "it's", list: [1, null, { deep: true }] },
        etag: expect.any(String),
      });
      expect(await rows.get(partition, 'HEAD')).toBeUndefined();
      expect(await rows.get(`${partition}2`, 'head')).toBeUndefined();
    });

    test('to create what is there is a conflict, and leaves it as it is', async () => {
      await rows.commit(partition, [create('head', { n: 1 })]);

      await expect(rows.commit(partition, [create('head', { n: 2 })])).rejects.toBeInstanceOf(RowConflict);
      expect((await rows.get(partition, 'head'))?.value).toEqual({ n: 1 });
    });

    test('a replacement wants the very row that was read', async () => {
      await rows.commit(partition, [create('head', { n: 1, left: 'out' })]);
      const etag = await etagOf('head');
      const replace = (n: number) =>
        rows.commit(partition, [{ action: 'replace', key: 'head', value: { n }, etag }]);

      await replace(2);
      await expect(replace(3)).rejects.toBeInstanceOf(RowConflict);
      expect((await rows.get(partition, 'head'))?.value).toEqual({ n: 2 });
    });

    test('a row that is written as it was is another row', async () => {
      await rows.commit(partition, [create('head')]);
      const etag = await etagOf('head');
      await rows.commit(partition, [put('head')]);
      expect(await etagOf('head')).not.toBe(etag);
    });

    test('to replace what is gone is a conflict', async () => {
      await rows.commit(partition, [create('head'), create('other')]);
      const etag = await etagOf('head');
      await rows.delete(partition, ['head']);

      await expect(
        rows.commit(partition, [{ action: 'replace', key: 'head', value: {}, etag }]),
      ).rejects.toBeInstanceOf(RowConflict);
      expect(await rows.get(partition, 'head')).toBeUndefined();
    });

    test('a put takes whatever is there, and leaves nothing of it', async () => {
      await rows.commit(partition, [put('head', { long: 'x'.repeat(100_000) })]);
      await rows.commit(partition, [put('head', { n: 2 })]);
      expect((await rows.get(partition, 'head'))?.value).toEqual({ n: 2 });
    });

    test('all of the changes are made or none', async () => {
      await rows.commit(partition, [create('a', { n: 1 }), create('b', { n: 1 })]);
      const etag = await etagOf('a');

      const changes = [
        { action: 'replace' as const, key: 'a', value: { n: 2 }, etag },
        put('c'),
        create('b'),
      ];
      await expect(rows.commit(partition, changes)).rejects.toBeInstanceOf(RowConflict);
      expect((await rows.list(partition, everything)).map(({ key, value }) => [key, value])).toEqual([
        ['a', { n: 1 }],
        ['b', { n: 1 }],
      ]);

      await rows.commit(partition, changes.slice(0, 2));
      expect((await rows.list(partition, everything)).map(({ key, value }) => [key, value])).toEqual([
        ['a', { n: 2 }],
        ['b', { n: 1 }],
        ['c', {}],
      ]);
    });

    test('a commit is of 100 changes at most, each of another row, and may be of none', async () => {
      const changes = Array.from({ length: 100 }, (_, index) => create(`row-${index}`, { index }));
      await rows.commit(partition, changes);
      expect(await rows.list(partition, everything)).toHaveLength(100);

      await rows.commit(partition, []);
      await expect(rows.commit(partition, [...changes, create('one-more')])).rejects.toThrow(RangeError);
      await expect(rows.commit(partition, [put('same'), put('same')])).rejects.toThrow(RangeError);
    });

    test('a list is in the order of the keys, from one, before another, and no longer than asked for', async () => {
      await rows.commit(
        partition,
        ['run-2', 'head', 'run-10', 'run-1', 'key-1', 'run-~'].map((key) => create(key)),
      );
      await rows.commit(`${partition}2`, [create('run-3')]);
      const keys = async (from: string, before: string, top: number) =>
        (await rows.list(partition, { from, before, top })).map(({ key }) => key);

      expect(await keys('run-', 'run.', 10)).toEqual(['run-1', 'run-10', 'run-2', 'run-~']);
      expect(await keys('run-10', 'run-~', 10)).toEqual(['run-10', 'run-2']);
      expect(await keys('run-', 'run.', 2)).toEqual(['run-1', 'run-10']);
      expect(await keys('', '~', 1)).toEqual(['head']);
      expect(await keys('x', '~', 10)).toEqual([]);
    });

    test('rows of a list have the values and ETags of a get', async () => {
      await rows.commit(partition, [create('a', { text: 'é'.repeat(70_000) })]);
      expect(await rows.list(partition, everything)).toEqual([await rows.get(partition, 'a')]);
    });

    test('a list goes over more pages than one', async () => {
      const keys = Array.from({ length: 1_100 }, (_, index) => `run-${String(index).padStart(4, '0')}`);
      for (let start = 0; start < keys.length; start += 100) {
        await rows.commit(
          partition,
          keys.slice(start, start + 100).map((key) => create(key)),
        );
      }

      expect((await rows.list(partition, everything)).map(({ key }) => key)).toEqual(keys);
      expect(await rows.list(partition, { ...everything, top: 1_050 })).toHaveLength(1_050);
      await rows.delete(partition, [...keys.slice(0, 500), 'gone before', ...keys.slice(0, 1_090)]);
      expect((await rows.list(partition, everything)).map(({ key }) => key)).toEqual(keys.slice(1_090));
    });

    test('a deletion takes what is there, and does not mind the rest', async () => {
      await rows.commit(partition, [create('a'), create('b'), create('c')]);
      await rows.delete(partition, []);
      await rows.delete(partition, ['a', 'gone', 'c', 'a']);
      await rows.delete(partition, ['a']);
      await rows.delete(`${partition}2`, ['b']);
      expect((await rows.list(partition, everything)).map(({ key }) => key)).toEqual(['b']);
    });

    test('of 50 commits on the same row at the same time one is made', async () => {
      await rows.commit(partition, [create('head')]);
      const etag = await etagOf('head');
      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, (_, n) =>
          rows.commit(partition, [
            { action: 'replace', key: 'head', value: { n }, etag },
            create(`run-${n}`),
          ]),
        ),
      );

      const won = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
      expect(won).toHaveLength(1);
      expect(
        outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : [])),
      ).toSatisfy((reasons: unknown[]) => reasons.every((reason) => reason instanceof RowConflict));
      expect((await rows.list(partition, everything)).map(({ key }) => key)).toEqual([
        'head',
        `run-${won[0]}`,
      ]);
      expect((await rows.get(partition, 'head'))?.value).toEqual({ n: won[0] });
    });

    test('20 that count at the same time, and try again after a conflict, count to 20', async () => {
      await rows.commit(partition, [create('head', { n: 0 })]);

      async function increment(): Promise<void> {
        const row = await rows.get(partition, 'head');
        const value = { n: Number(row?.value['n']) + 1 };
        try {
          await rows.commit(partition, [{ action: 'replace', key: 'head', value, etag: row?.etag ?? '' }]);
        } catch (error) {
          expect(error).toBeInstanceOf(RowConflict);
          await increment();
        }
      }

      await Promise.all(Array.from({ length: 20 }, increment));
      expect((await rows.get(partition, 'head'))?.value).toEqual({ n: 20 });
    });

    test('large values come back whole, whatever characters they hold', async () => {
      await fc.assert(
        fc.asyncProperty(largeValue, async (value) => {
          await rows.commit(partition, [put('large', value)]);
          expect((await rows.get(partition, 'large'))?.value).toEqual(value);
        }),
        { numRuns: 8 },
      );
    });

    test('a value that is too large, or a key that a table does not take, is refused, and nothing is written', async () => {
      const tooLarge = { text: 'x'.repeat(460_800) };
      await expect(rows.commit(partition, [put('a'), put('b', tooLarge)])).rejects.toThrow(
        "The row 'b' would take 901 KiB of JSON in UTF-16; 900 KiB is the most.",
      );
      for (const key of ['', 'a/b', 'a\\b', 'a#b', 'a?b', 'a\tb', 'a\u0085b', 'x'.repeat(513)]) {
        await expect(rows.commit(partition, [put('a'), put(key)])).rejects.toThrow('is no key for a table');
        await expect(rows.commit(key, [put('a')])).rejects.toThrow('is no key for a table');
      }
      expect(await rows.list(partition, everything)).toEqual([]);
    });
  });
}
