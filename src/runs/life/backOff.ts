/** No wait for Azure's limits is made longer than this by refusals before it, in seconds. */
const longestSeconds = 300;

/**
 * How long to wait for one of Azure's limits, in milliseconds. Everybody whom a limit refuses is told the same time to come back, so those
 * who wait would meet at it again: each waits twice as long at each refusal, and up to half as long again by its own name and the
 * moment, which is as good as chance and can be told again.
 * @param seconds what ARM asks for, or what is usual.
 * @param refusals how often it was refused in a row, this time included.
 */
export function backOff(seconds: number, refusals: number, name: string, now: number): number {
  const doubled = seconds * 2 ** Math.min(refusals - 1, 16);
  const bounded = Math.max(seconds, Math.min(doubled, longestSeconds));
  return Math.round(bounded * 1000 * (1 + fraction(`${name} ${now}`) / 2));
}

/** A number from 0 to 1 for a text, another for nearly every other (FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv). */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) / 2 ** 32;
}
