import { isObject, type JsonObject } from '../../aci/json.ts';
import { type Row, StorageError } from './rows.ts';

/** A table's row: its value's JSON text, in order, in the properties `json0`, `json1` and so on. */
export type RowEntity = { partitionKey: string; rowKey: string; [chunk: `json${number}`]: string };

// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model#property-types: text is kept as
// UTF-16; a property holds 64 KiB of it, an entity 1 MiB with its keys and names.
const chunkLength = 32 * 1024;
export const longestText = (900 * 1024) / 2;
const longestKey = 512;

/**
 * @param value its JSON text takes 900 KiB at most, at two bytes a UTF-16 code unit, as the table counts.
 * @throws RangeError when the value is larger, or a key is none that a table takes.
 */
export function toEntity(partition: string, key: string, value: JsonObject): RowEntity {
  // Well-formed whatever the value holds: JSON.stringify escapes a lone surrogate, which UTF-8 could not carry.
  const text = JSON.stringify(value);
  if (text.length > longestText) {
    throw new RangeError(
      `The row '${key}' would take ${Math.ceil(text.length / 512)} KiB of JSON in UTF-16; ${longestText / 512} KiB is the most.`,
    );
  }
  const entity: RowEntity = { partitionKey: legalKey(partition), rowKey: legalKey(key) };
  for (const [index, chunk] of chunksOf(text).entries()) {
    entity[`json${index}`] = chunk;
  }
  return entity;
}

/** @throws StorageError when the row is not as `toEntity` makes it. */
export function toRow(entity: { rowKey?: string; etag: string; [property: string]: unknown }): Row {
  const key = entity.rowKey ?? '';
  let text = '';
  for (let index = 0; typeof entity[`json${index}`] === 'string'; index += 1) {
    text += entity[`json${index}`];
  }
  const value = parse(text);
  if (!isObject(value)) {
    throw new StorageError(`the row '${key}' of its table is none that this app has written`);
  }
  return { key, value, etag: entity.etag };
}

/**
 * A key that a table takes: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model#characters-disallowed-in-key-fields
 * @throws RangeError
 */
export function legalKey(key: string): string {
  if (
    key === '' ||
    key.length > longestKey ||
    /[/\\#?\p{Cc}]/u.test(key) ||
    !key.isWellFormed() // UTF-8 carries no lone surrogate
  ) {
    throw new RangeError(
      `${JSON.stringify(key)} is no key for a table: 1 to ${longestKey} characters, without / \\ # ? and control characters.`,
    );
  }
  return key;
}

/** Cut nowhere between the halves of a surrogate pair, which would not survive UTF-8. */
function chunksOf(text: string): string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + chunkLength;
    const isInPair = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(end - 1, end + 1));
    chunks.push(text.slice(start, isInPair ? end - 1 : end));
    start = isInPair ? end - 1 : end;
  }
  return chunks;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
