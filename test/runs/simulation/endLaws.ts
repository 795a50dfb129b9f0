import type { RunRecord, Task } from '../../../src/runs/runRecord.ts';
import { exitsOf, isDoubtful, launchesOf, outsideOf, scriptOf } from './launches.ts';
import { allRuns, type Law, type Simulation } from './simulation.ts';

const slackMs = 120_000;

/** A process may freeze between its look and what it makes of that, for so long. */
const frozenMs = 200_000;

export const runsEndAsTheirContainersDid: Law = (simulation) =>
  allRuns(simulation).flatMap((run) => {
    const say = (what: string) => [`run ${run.id} ended as ${run.end?.reason}, but ${what}`];
    const touched = run.tasks.flatMap((task) => outsideOf(simulation, run, task));
    switch (run.end?.reason) {
      case 'Completed':
        return touched.length > 0 || run.tasks.every((task) => mayComplete(simulation, run, task))
          ? []
          : say('not every task exited with 0');
      case 'NonZeroExit': {
        const failed = run.tasks.filter((task) => task.end?.reason === 'NonZeroExit');
        return touched.length > 0 || failed.every((task) => mayFail(simulation, run, task))
          ? []
          : say('a task exited with 0, or was not tried again');
      }
      case 'TimedOut': {
        const due = (run.launchedAt ?? 0) + run.timeoutSeconds * 1000;
        const late = run.tasks.some((task) => {
          const last = launchesOf(simulation, run, task).at(-1);
          const restarts =
            last?.document.properties.restartPolicy === 'OnFailure' ? exitsOf(simulation, run) : [0];
          const length = last === undefined ? 0 : last.endsAt - last.at + 40_000;
          return last === undefined || last.at + restarts.length * length > due - slackMs;
        });
        return late || run.tasks.some(isDoubtful) ? [] : say('its containers had ended long before');
      }
      case 'NeverStarted': {
        const due = run.createdAt + run.startWithinSeconds * 1000;
        const early = simulation.arm.launched.some(
          ({ mark, at }) => mark.runId === run.id && at < due - slackMs,
        );
        return early ? say('it had been launched in time') : [];
      }
      case 'CanceledByCaller':
        return simulation.canceled.has(run.id) || touched.some(({ kind }) => kind === 'stop')
          ? []
          : say('nobody canceled it');
      case 'Superseded':
        return simulation.requests.some(({ asked }) => asked.ifRunning === 'replace')
          ? []
          : say('nothing replaced it');
      case 'GroupChanged':
        return touched.some(({ kind }) => kind !== 'stop') ? [] : say('nobody changed its group');
      case 'GroupDeleted':
        return simulation.arm.outside.some(({ kind }) => kind === 'delete') ? [] : say('its group was there');
      case 'LaunchRejected':
        return mayBeRejected(simulation, run) ? [] : say(`nothing refused it: ${run.end.error?.message}`);
      default:
        return say(`nothing of the kind happened: ${run.end?.error?.message}`);
    }
  });

/** What the containers came to by themselves long before anybody wished anything is the end. */
export const aWishOverridesNoEnd: Law = (simulation) =>
  allRuns(simulation).flatMap((run) =>
    run.tasks.flatMap((task) => {
      const sent = launchesOf(simulation, run, task);
      const last = sent.at(-1);
      const { launches } = scriptOf(simulation, run);
      const isWished = !['Completed', 'NonZeroExit'].includes(task.end?.reason ?? '');
      // The number of the last attempt tells too much: one that got lost has a number, too.
      const isFinal = last?.document.properties.restartPolicy === 'Never' && sent.length >= launches;
      return run.wish &&
        last &&
        isWished &&
        isFinal &&
        run.wish.at - last.endsAt > (simulation.variant === 'calm' ? 30_000 : frozenMs)
        ? outsideOf(simulation, run, task).length > 0 || isDoubtful(task)
          ? []
          : [`run ${run.id} ended as ${task.end?.reason} though its containers had ended before`]
        : [];
    }),
  );

/** Without faults each run ends as its script says, after as many launches. */
export const calmRunsFollowTheirScript: Law = (simulation) =>
  simulation.variant !== 'calm'
    ? []
    : allRuns(simulation).flatMap((run) => {
        const { launches, exit } = scriptOf(simulation, run);
        const reason = exit === 0 ? 'Completed' : 'NonZeroExit';
        const sent = run.tasks.map((task) => launchesOf(simulation, run, task).length);
        const isExact = run.end?.reason === reason && sent.every((count) => count === launches);
        return run.wish || isExact
          ? []
          : [
              `run ${run.id} ended as ${run.end?.reason} after ${sent} launches, not ${reason} after ${launches}`,
            ];
      });

/** Under OnFailure ACI starts a container again before anybody may have seen its failure. */
function mayComplete(simulation: Simulation, run: RunRecord, task: Task): boolean {
  const exits = exitsOf(simulation, run);
  const launches = launchesOf(simulation, run, task);
  return launches[0]?.document.properties.restartPolicy === 'OnFailure'
    ? exits.includes(0)
    : launches.length > 0 && exits[Math.min(launches.length, exits.length) - 1] === 0;
}

function mayFail(simulation: Simulation, run: RunRecord, task: Task): boolean {
  const exits = exitsOf(simulation, run);
  const launches = launchesOf(simulation, run, task);
  const most = run.maxRetries ?? 0;
  switch (launches[0]?.document.properties.restartPolicy) {
    case 'OnFailure': {
      const failures = exits.includes(0) ? exits.indexOf(0) : Number.POSITIVE_INFINITY;
      return failures > most;
    }
    case 'Never':
      return (
        exits[Math.min(launches.length, exits.length) - 1] !== 0 &&
        (task.failures >= most || run.wish !== undefined)
      );
    default:
      return exits[0] !== 0;
  }
}

function mayBeRejected({ variant, requestOf }: Simulation, run: RunRecord): boolean {
  switch (variant) {
    case 'outage':
      return /not allowed$/.test(run.end?.error?.message ?? '');
    case 'settings':
      return run.end?.error?.code === 'SealBroken'
        ? requestOf.get(run.id)?.asked.overrides.secureEnv !== undefined
        : run.end?.error?.code === 'JobNotFound' && run.job !== undefined;
    default:
      return false;
  }
}
