import type { RunEvent } from '../../../src/runs/events/runEvent.ts';
import type { RunRecord } from '../../../src/runs/runRecord.ts';
import { launchesOf } from './launches.ts';
import { allRuns, type Law, type Simulation } from './simulation.ts';

const ends = ['run.finished', 'run.failed', 'run.timedOut', 'run.canceled'];

/** Whatever happens to the processes that tell, nothing is told twice, and nothing that did not happen. */
export const eventsTellWhatHappened: Law = (simulation) =>
  allRuns(simulation).flatMap((run) => {
    const told = eventsOf(simulation, run);
    const keys = told
      .filter(({ event }) => event !== 'run.waiting')
      .map((event) =>
        [
          ends.includes(event.event) ? 'end' : event.event,
          'task' in event ? event.task : '',
          'attempt' in event ? event.attempt : '',
        ].join(),
      );
    const twice = keys.filter((key, index) => keys.indexOf(key) < index);
    const sent = run.tasks.reduce((count, task) => count + launchesOf(simulation, run, task).length, 0);
    const launched = told.filter(({ event }) => event === 'run.launched').length;
    const wrongEnds = told.filter((event) => 'status' in event && event.status !== run.end?.status);
    return [
      ...twice.map((key) => `run ${run.id}: ${key} was told twice`),
      ...(launched > sent ? [`run ${run.id}: ${launched} launches were told of ${sent}`] : []),
      ...wrongEnds.map(({ event }) => `run ${run.id} ended as ${run.end?.reason}, and ${event} was told`),
    ];
  });

/** Where no process dies, each step of a run is told, its creation first and its end last. */
export const calmRunsAreToldWhole: Law = (simulation) =>
  simulation.variant !== 'calm'
    ? []
    : allRuns(simulation).flatMap((run) => {
        const told = eventsOf(simulation, run).map(({ event }) => event);
        const hasStarted = run.tasks.some(({ startedAt }) => startedAt !== undefined);
        return [
          ...(told[0] === 'run.created' ? [] : [`run ${run.id}: ${told[0]} was told first`]),
          ...(ends.includes(told.at(-1) ?? '') ? [] : [`run ${run.id}: ${told.at(-1)} was told last`]),
          ...(hasStarted && !(told.includes('run.launched') && told.includes('run.started'))
            ? [`run ${run.id}: it started, and only ${told.join()} was told`]
            : []),
        ];
      });

function eventsOf({ happenings }: Simulation, { id }: RunRecord): RunEvent[] {
  return happenings.filter(({ runId }) => runId === id);
}
