import { invalidQueryParameter } from '../armErrors.ts';
import { type Answer, refuse } from '../http/answer.ts';
import type { Cloud } from './cloud.ts';
import type { ArmRequest } from './route.ts';

/** Answers a list, in pages where the emulator was told how long one is; each but the last leads to the next. */
export function answerPage<Item>(
  { pageSize = Number.POSITIVE_INFINITY }: Cloud,
  { path, query, origin }: ArmRequest,
  items: readonly Item[],
  present: (item: Item) => object,
): Answer {
  const token = query.get('$skiptoken') ?? '0';
  if (!/^\d{1,9}$/.test(token)) {
    return refuse(invalidQueryParameter('$skiptoken', "what an answer's nextLink gave"));
  }
  const first = Number(token);
  const next = first + pageSize;
  const value = items.slice(first, next).map(present);
  if (next >= items.length) {
    return { status: 200, body: { value } };
  }
  const nextQuery = new URLSearchParams(query);
  nextQuery.set('$skiptoken', String(next));
  return { status: 200, body: { value, nextLink: `${origin}${path}?${nextQuery}` } };
}
