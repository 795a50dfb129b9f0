import { expect, test } from 'vitest';
import { until } from '../../../until.ts';
import { head, startProject } from '../project.ts';

/** What a function has printed as `<name> {…}`, one line a run. */
function runs(lines: string[], name: string) {
  return lines
    .filter((line) => line.startsWith(`${name} {`))
    .map((line) => JSON.parse(line.slice(name.length + 1)));
}

test('timers run on their schedules, one that throws as well; a wrong one is named in the log, and the others run', async () => {
  const host = await startProject(
    {
      'dist/main.cjs': `${head}
        const timer = (name, options, then = async () => {}) => app.timer(name, { ...options,
          handler: (timer, context) => {
            console.log(name + ' ' + JSON.stringify({ timer, at: Date.now(), of: context.functionName }));
            return then();
          } });
        timer('tick', { schedule: '%EVERY%' });
        timer('throws', { schedule: '00:00:00.4' }, async () => { throw new Error('no luck'); });
        timer('slow', { schedule: '00:00:00.1' }, () => new Promise((resolve) => process.once('SIGTERM', resolve)));
        timer('yearly', { schedule: '0 0 0 1 1 *', runOnStartup: true });
        timer('february', { schedule: '0 0 0 30 2 *' });
        timer('whenever', { schedule: 'whenever', runOnStartup: true });
        timer('nameless', { schedule: '%ABSENT%' });
        app.http('hello', { handler: async () => ({ body: 'hello' }) });`,
    },
    { env: { EVERY: '* * * * * *' } },
  );
  const begun = Date.now();
  const failures = () => host.lines.filter((line) => line.startsWith('error: throws failed: Error: no luck'));
  await until(() => runs(host.lines, 'tick').length > 1 && failures().length > 1);

  const [tick, next] = runs(host.lines, 'tick');
  expect(tick).toMatchObject({
    of: 'tick',
    timer: { schedule: { adjustForDST: true }, scheduleStatus: null, isPastDue: false },
  });
  const second = (at: number) => Math.floor((at + 50) / 1000);
  expect(second(next.at)).toBeGreaterThan(second(tick.at));

  const yearly = runs(host.lines, 'yearly');
  const year = new Date(begun).getUTCFullYear() + 1;
  expect(yearly.map(({ timer }) => timer)).toEqual([
    {
      schedule: { adjustForDST: true },
      scheduleStatus: {
        last: '0001-01-01T00:00:00+00:00',
        next: `${year}-01-01T00:00:00+00:00`,
        lastUpdated: '0001-01-01T00:00:00+00:00',
      },
      isPastDue: false,
    },
  ]);

  expect(runs(host.lines, 'slow')).toHaveLength(1);
  expect(runs(host.lines, 'february')).toEqual([]);
  expect(host.lines.filter((line) => /^(warning|error: The)/.test(line))).toEqual([
    "warning: february: its schedule '0 0 0 30 2 *' is of a day that never comes.",
    "error: The 'whenever' function is in error: The schedule expression 'whenever' was not recognized as a valid cron expression or timespan string.",
    "error: The 'nameless' function is in error: '%ABSENT%' in its schedule does not resolve to a value.",
  ]);
  expect(runs(host.lines, 'whenever')).toEqual([]);
  expect(await (await fetch(`${host.url}/api/hello`)).text()).toBe('hello');
});

test('SIGTERM lets the run that is on come to its end, and begins no more', async () => {
  const host = await startProject({
    'dist/main.cjs': `${head}
      app.timer('tick', { schedule: '00:00:00.05', handler: async () => {
        console.log('begun');
        await new Promise((resolve) => process.once('SIGTERM', resolve));
        await new Promise((resolve) => setTimeout(resolve, 200));
        console.log('done'); } });`,
  });
  await host.line('begun');
  expect(await host.stop()).toEqual({ code: 0, signal: null });
  expect(host.lines.filter((line) => line === 'begun' || line === 'done')).toEqual(['begun', 'done']);
});
