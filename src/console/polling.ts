/** How long to wait before a view asks again, in milliseconds, while what it shows is not over: 2 seconds at first, 5 after a minute. */
export function nextLookMs(age: number): number {
  return age < 60_000 ? 2_000 : 5_000;
}

/** How long to wait before the next attempt, after so many that got no answer, in milliseconds. */
export function backoffMs(failures: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.min(failures - 1, 10));
}
