export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [member: string]: Json };

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How deep arrays and objects may nest: Json.NET, which ARM reads bodies with, stops at 64. */
export const maxDepth = 64;

/** Whether a value nests deeper than {@link maxDepth}; with a stack of its own, since recursion could overflow. */
export function isTooDeep(value: Json): boolean {
  const left: { value: Json; depth: number }[] = [{ value, depth: 1 }];
  for (let next = left.pop(); next; next = left.pop()) {
    if (typeof next.value !== 'object' || next.value === null) {
      continue;
    }
    if (next.depth > maxDepth) {
      return true;
    }
    for (const inner of Object.values(next.value)) {
      left.push({ value: inner, depth: next.depth + 1 });
    }
  }
  return false;
}
