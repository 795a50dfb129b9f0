import { createBench } from '../../runs/bench.ts';
import { running } from '../../runs/markedGroup.ts';
import type { Measurement } from '../measurement.ts';

const hourSeconds = 3_600;

/** One run of an hour from its launch to its end, over all of the run's own code, on a clock that goes from message to message. */
export const hourLongRun: Measurement = {
  name: 'hour',
  async measure() {
    const bench = createBench();
    await bench.submit({ timeoutSeconds: 2 * hourSeconds });
    const started = new Date(bench.clock.now).toISOString();
    bench.show(() => running(started));
    await bench.pass(hourSeconds);
    bench.finish();
    await bench.pass(hourSeconds);
    const { calls } = bench.containerGroups;
    return [
      {
        what: 'GETs of an hour-long run',
        value: calls.filter((call) => call.startsWith('get ')).length,
        unit: '',
        goal: { atMost: 75 },
        how: 'counted once, on a clock that is turned; every run is looked at in the same way',
      },
    ];
  },
};
