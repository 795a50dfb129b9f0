import fc from 'fast-check';
import { expect, test } from 'vitest';
import { legalKey, toEntity, toRow } from '../../../src/runs/store/rowCodec.ts';
import { StorageError } from '../../../src/runs/store/rows.ts';
import { largeValue } from './largeValue.ts';

test('any value comes back from its entity', () => {
  fc.assert(
    fc.property(fc.oneof(largeValue, fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
      const json = JSON.parse(JSON.stringify(value));
      expect(toRow({ ...toEntity('p', 'k', json), etag: 'e' })).toEqual({ key: 'k', value: json, etag: 'e' });
    }),
  );
});

test('no property of an entity is longer than a table takes, or has half a pair at its end', () => {
  fc.assert(
    fc.property(largeValue, (value) => {
      const { partitionKey, rowKey, ...chunks } = toEntity('p', 'k', value);
      expect([partitionKey, rowKey]).toEqual(['p', 'k']);
      expect(Object.values(chunks).every((chunk) => chunk.length <= 32 * 1024 && chunk.isWellFormed())).toBe(
        true,
      );
    }),
  );
});

test('a value may take 900 KiB, as the table counts, and no more', () => {
  const ofText = (length: number) => toEntity('p', 'k', { text: 'x'.repeat(length - '{"text":""}'.length) });
  expect(Object.keys(ofText(460_800))).toHaveLength(2 + 15);
  expect(() => ofText(460_801)).toThrow(RangeError);
});

test('keys hold letters of any script, and nothing that a table refuses', () => {
  for (const key of ['head', '00000000-0000-0000-0000-000000000000|größe-数据-𐐷.(1)_|job', 'x'.repeat(512)]) {
    expect(legalKey(key)).toBe(key);
  }
  for (const key of ['', '/', '\\', '#', '?', '\n', '\u007f', '\u0080', '\ud83d', 'x'.repeat(513)]) {
    expect(() => legalKey(key)).toThrow(RangeError);
  }
});

test("a row that somebody else wrote is the storage's fault", () => {
  for (const properties of [{}, { json0: 'no JSON' }, { json0: '[]' }, { json0: '{"a":1', json2: '}' }]) {
    expect(() => toRow({ rowKey: 'head', etag: 'e', ...properties })).toThrow(StorageError);
  }
});
