import { partitionOf } from '../../../src/runs/store/keys.ts';
import { isDoubtful, launchesOf } from './launches.ts';
import { allRuns, type Law, storedRuns } from './simulation.ts';

const startsWithinMs = 40_000;
const endsWithinMs = 60_000;

/** Without faults, whoever gets the group is launched at once. */
export const theNextRunStartsSoon: Law = (simulation) =>
  simulation.variant !== 'calm'
    ? []
    : allRuns(simulation).flatMap((run) => {
        const gotAt = simulation.handovers.get(run.id);
        const [task] = run.tasks;
        const first = task && launchesOf(simulation, run, task)[0];
        const startedAt = first?.at ?? simulation.endedAt.get(run.id) ?? Number.POSITIVE_INFINITY;
        return gotAt !== undefined && startedAt - gotAt > startsWithinMs
          ? [`run ${run.id} was launched ${(startedAt - gotAt) / 1000} s after it got the group`]
          : [];
      });

/** Without faults, a run that is replaced or canceled is over soon. */
export const whoeverIsToEndIsToldPromptly: Law = (simulation) =>
  simulation.variant !== 'calm'
    ? []
    : allRuns(simulation).flatMap(({ id, wish }) => {
        const endedAt = simulation.endedAt.get(id) ?? Number.POSITIVE_INFINITY;
        return wish && endedAt - wish.at > endsWithinMs
          ? [`run ${id} was over ${(endedAt - wish.at) / 1000} s after its ${wish.kind}`]
          : [];
      });

/** There is a log of each container that ran to its end, unless Azure would not give it. */
export const logsAreKept: Law = (simulation) =>
  simulation.variant === 'outsider' || simulation.variant === 'retention'
    ? []
    : storedRuns(simulation).flatMap((run) =>
        run.tasks
          .filter(
            (task) =>
              ['Completed', 'NonZeroExit'].includes(task.end?.reason ?? '') &&
              task.logTries < 5 &&
              !isDoubtful(task),
          )
          .flatMap((task) => {
            const rows = simulation.table.rowsOf(partitionOf(run.containerGroup));
            const start = `log-${run.id}-${String(task.index).padStart(3, '0')}-`;
            const kept = rows.filter(({ key }) => key.startsWith(start)).length;
            const containers = launchesOf(simulation, run, task)[0]?.document.properties.containers ?? [];
            return kept === containers.length
              ? []
              : [`run ${run.id} kept ${kept} logs of ${containers.length} containers`];
          }),
      );

/** A key that came with a body before is refused with another. */
export const aReusedKeyIsRefused: Law = ({ answers }) =>
  answers.flatMap(({ request, kind }) => {
    const key = request.asked.idempotency;
    const other = answers.find(
      (answer) =>
        answer.kind === 'taken' &&
        key !== undefined &&
        answer.request.asked.idempotency?.hash === key.hash &&
        answer.request.asked.idempotency.fingerprint !== key.fingerprint,
    );
    return kind === 'taken' && other ? [`key ${key?.hash} was taken with two bodies`] : [];
  });
