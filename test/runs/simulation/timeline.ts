import { setImmediate } from 'node:timers/promises';

type Event = { at: number; order: number; run: () => void };

/** Time that passes only when everything else has come to a halt: what happens when is told by the seed alone. */
export type Timeline = {
  /** Milliseconds since 1970. */
  now(): number;
  at(time: number, run: () => void): void;
  sleep(milliseconds: number): Promise<void>;
  /** Lets everything happen that is due until then, so many events at most. @returns how many there were. */
  runUntil(time: number, most: number): Promise<number>;
};

export function createTimeline(start: number): Timeline {
  const events: Event[] = []; // a binary heap by time, then by order
  let time = start;
  let order = 0;

  const isBefore = (one: Event, other: Event) =>
    one.at < other.at || (one.at === other.at && one.order < other.order);

  function push(event: Event): void {
    events.push(event);
    let index = events.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(events[index] as Event, events[parent] as Event)) {
        return;
      }
      swap(index, parent);
      index = parent;
    }
  }

  function pop(): Event | undefined {
    const first = events[0];
    const last = events.pop();
    if (first === undefined || last === undefined || events.length === 0) {
      return first;
    }
    events[0] = last;
    let index = 0;
    for (;;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      for (const child of [left, right]) {
        if (child < events.length && isBefore(events[child] as Event, events[least] as Event)) {
          least = child;
        }
      }
      if (least === index) {
        return first;
      }
      swap(index, least);
      index = least;
    }
  }

  function swap(one: number, other: number): void {
    [events[one], events[other]] = [events[other] as Event, events[one] as Event];
  }

  const timeline: Timeline = {
    now: () => time,
    at(at, run) {
      order += 1;
      push({ at: Math.max(at, time), order, run });
    },
    sleep: (milliseconds) => new Promise((resolve) => timeline.at(time + milliseconds, resolve)),
    async runUntil(limit, most) {
      for (let count = 0; ; count += 1) {
        await setImmediate(); // all that can go on without time passing has gone on
        const event = events[0];
        if (event === undefined || event.at > limit || count === most) {
          return count;
        }
        pop();
        time = event.at;
        event.run();
      }
    },
  };
  return timeline;
}
