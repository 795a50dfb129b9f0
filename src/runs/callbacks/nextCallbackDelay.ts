const minute = 60;
const hour = 60 * minute;

/** Seconds from one try to the next (Standard Webhooks, "Deliverability and reliability", but for its last two days). */
const delays = [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];

/** The most that luck adds, so that callbacks that failed together are not tried together. */
const jitter = 0.2;

/**
 * How long to wait with the next try of a callback, in whole seconds; undefined when it is given up, after eight tries.
 * @param tries how often it had been tried before the try that has failed now: 0 for the first, as a CallbackMessage counts.
 * @param random from 0 to 1.
 */
export function nextCallbackDelay(tries: number, random: number): number | undefined {
  const delay = delays[tries];
  return delay && Math.round(delay * (1 + jitter * random));
}
