import { ServerResponse } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { fasterTime, type Pace } from './fasterClock.ts';

/**
 * Loaded before anything else (`livingAt` of fasterClock.ts), it makes time run faster in a process: what the clock shows, how long
 * timers wait, deadlines, and the Date of its answers. Processes of the same pace agree on the time, so that a day of the app and of its storage fits
 * into a test, and neither knows.
 */
const pace: Pace = JSON.parse(process.env['PACE'] ?? '');
const RealDate = Date;
const realNow = Date.now;
const now = () => Math.floor(fasterTime(pace, realNow()));

RealDate.now = now;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new RealDate(now()).toString(),
});

const faster = (milliseconds: number | undefined) => (milliseconds ?? 0) / pace.speed;
const { setTimeout: realTimeout, setInterval: realInterval } = timers;
const { setTimeout: realPause } = timersPromises;
const realDeadline = AbortSignal.timeout.bind(AbortSignal);

timersPromises.setTimeout = (milliseconds, ...rest) => realPause(faster(milliseconds), ...rest);
const hurried = <Start extends (task: () => void, milliseconds?: number, ...rest: []) => unknown>(
  start: Start,
) =>
  Object.assign(
    (task: () => void, milliseconds?: number, ...rest: []) => start(task, faster(milliseconds), ...rest),
    { [promisify.custom]: timersPromises.setTimeout },
  );
const hurriedTimers = { setTimeout: hurried(realTimeout), setInterval: hurried(realInterval) };
Object.assign(timers, hurriedTimers);
Object.assign(globalThis, hurriedTimers);
AbortSignal.timeout = (milliseconds) => realDeadline(Math.ceil(faster(milliseconds)));
syncBuiltinESMExports();

// Node dates answers by a clock of its own.
const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function dated(
  this: ServerResponse,
  ...given: Parameters<typeof writeHead>
) {
  if (!this.hasHeader('date')) {
    this.setHeader('date', new Date().toUTCString());
  }
  return writeHead.apply(this, given);
} as typeof writeHead;
