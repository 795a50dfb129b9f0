import { asText } from '../../../src/aci/json.ts';
import type { RunRecord, Task } from '../../../src/runs/runRecord.ts';
import { partitionOf } from '../../../src/runs/store/keys.ts';
import { mostEvents, type Simulation, storedRuns } from './simulate.ts';
import { baseVariables, containerGroups, secretOf } from './workload.ts';

/** A law that every simulation keeps: each breach of it in words. */
type Law = (simulation: Simulation) => string[];

const slackMs = 120_000;

const noRunIsLost: Law = (simulation) => {
  const runs = new Map(storedRuns(simulation).map((run) => [run.id, run]));
  return simulation.answers.flatMap((answer) =>
    answer.kind === 'taken' && !runs.has(answer.runId) ? [`run ${answer.runId} was taken and is lost`] : [],
  );
};

const everyRunEnds: Law = (simulation) => [
  ...storedRuns(simulation)
    .filter((run) => !run.end || run.duties.length > 0)
    .map(
      (run) =>
        `run ${run.id} did not end: ${run.tasks.map(({ phase }) => phase)}, duties ${run.duties.join()}, generation ${run.generation}`,
    ),
  ...(simulation.watchQueue.waiting().length > 0 ? ['messages are left for runs that are over'] : []),
];

const noneIsLaunchedTwice: Law = (simulation) =>
  storedRuns(simulation).flatMap((run) =>
    run.tasks.flatMap((task) => {
      const launches = launchesOf(simulation, run, task);
      const attempts = new Set(launches.map(({ mark }) => mark.attempt));
      return [
        ...(attempts.size < launches.length ? [`run ${run.id} sent one attempt twice`] : []),
        ...(launches.length > 1 + task.failures
          ? [`run ${run.id} was launched ${launches.length} times after ${task.failures} failures`]
          : []),
      ];
    }),
  );

const noOverrideReachesAnother: Law = (simulation) =>
  simulation.arm.launched.flatMap(({ mark, document }) => {
    const request = simulation.requestOf.get(mark.runId);
    const { env = {}, secureEnv = {} } = request?.asked.overrides ?? {};
    const expected = {
      ...baseVariables,
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, asText(value)])),
      ...secureEnv,
    };
    const variables = document.properties.containers[0]?.properties.environmentVariables ?? [];
    const found = Object.fromEntries(
      variables
        .filter(({ name }) => !name.startsWith('RUN_'))
        .map(({ name, value, secureValue }) => [name, value ?? secureValue]),
    );
    const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
    return [...names]
      .filter((name) => expected[name as keyof typeof expected] !== found[name])
      .map(
        (name) =>
          `run ${mark.runId} was launched with ${name}=${found[name]}, not ${expected[name as keyof typeof expected]}`,
      );
  });

const queueOrderIsKept: Law = (simulation) =>
  containerGroups.flatMap((group) => {
    const entered = simulation.entered.get(partitionOf(group)) ?? [];
    const queued = entered.filter((id) => simulation.requestOf.get(id)?.asked.ifRunning === 'queue');
    const launchedAt = queued
      .map((id) => simulation.arm.launched.find(({ mark }) => mark.runId === id)?.at)
      .filter((at) => at !== undefined);
    return launchedAt.some((at, index) => index > 0 && at < (launchedAt[index - 1] ?? 0))
      ? [`runs of '${group.name}' were launched out of their order`]
      : [];
  });

const runsEndAsTheirContainersDid: Law = (simulation) =>
  storedRuns(simulation).flatMap((run) => {
    const say = (what: string) => [`run ${run.id} ended as ${run.end?.reason}, but ${what}`];
    const tasks = run.tasks.filter(({ end }) => end);
    switch (run.end?.reason) {
      case 'Completed':
        return tasks.every((task) => exitOf(simulation, run, task) === 0)
          ? []
          : say('not every task exited with 0');
      case 'NonZeroExit': {
        const failed = tasks.filter((task) => task.end?.reason === 'NonZeroExit');
        const isRight = failed.every(
          (task) =>
            exitOf(simulation, run, task) !== 0 &&
            (task.failures >= (run.maxRetries ?? 0) || run.wish !== undefined),
        );
        return isRight ? [] : say('a task exited with 0, or was not tried again');
      }
      case 'TimedOut': {
        const due = (run.launchedAt ?? 0) + run.timeoutSeconds * 1000;
        const late = run.tasks.some((task) => {
          const last = launchesOf(simulation, run, task).at(-1);
          return last === undefined || endOfLaunch(last) > due - slackMs;
        });
        return late ? [] : say('its containers had ended long before');
      }
      case 'NeverStarted': {
        const due = run.createdAt + run.startWithinSeconds * 1000;
        const early = simulation.arm.launched.some(
          ({ mark, at }) => mark.runId === run.id && at < due - slackMs,
        );
        return early ? say('it had been launched in time') : [];
      }
      case 'CanceledByCaller':
        return simulation.canceled.has(run.id) ? [] : say('nobody canceled it');
      case 'Superseded':
        return simulation.requests.some(({ asked }) => asked.ifRunning === 'replace')
          ? []
          : say('nothing replaced it');
      default:
        return say(`nothing of the kind happened: ${run.end?.error?.message}`);
    }
  });

const keysStandForOneRun: Law = (simulation) => {
  const runs = new Map<string, Set<string>>();
  for (const answer of simulation.answers) {
    const hash = answer.request.asked.idempotency?.hash;
    if (answer.kind === 'taken' && hash !== undefined) {
      runs.set(hash, (runs.get(hash) ?? new Set()).add(answer.runId));
    }
  }
  return [...runs].filter(([, ids]) => ids.size > 1).map(([hash, ids]) => `${hash} made ${ids.size} runs`);
};

const nothingStaysSealed: Law = ({ table, requests }) =>
  containerGroups.flatMap((group) =>
    table.rowsOf(partitionOf(group)).flatMap(({ key, value }) => {
      const text = JSON.stringify(value);
      return [
        ...(value['secrets'] === undefined ? [] : [`${key} still holds sealed secrets`]),
        ...(requests.some(({ index }) => text.includes(secretOf(index)))
          ? [`${key} holds a secret in clear`]
          : []),
      ];
    }),
  );

const callbacksComeAfterTheGroupIsFree: Law = (simulation) => [
  ...simulation.told
    .filter(({ headWas }) => headWas !== undefined)
    .map(({ runId }) => `the end of run ${runId} was told while it held its group`),
  ...storedRuns(simulation)
    .filter(({ hasCallback, id }) => hasCallback && !simulation.told.some(({ runId }) => runId === id))
    .map(({ id }) => `the end of run ${id} was told to nobody`),
];

const copiesAreDeleted: Law = ({ arm }) =>
  arm
    .groups()
    .filter((group) => !containerGroups.some(({ name }) => group.endsWith(`/${name}`)))
    .map((group) => `copy ${group} was left`);

/** However often a message comes twice, a run goes on in one row of looks. */
const looksDoNotMultiply: Law = ({ events }) =>
  events >= mostEvents ? [`there were ${events} events, and no end of them`] : [];

export const laws = {
  looksDoNotMultiply,
  noRunIsLost,
  everyRunEnds,
  noneIsLaunchedTwice,
  noOverrideReachesAnother,
  queueOrderIsKept,
  runsEndAsTheirContainersDid,
  keysStandForOneRun,
  nothingStaysSealed,
  callbacksComeAfterTheGroupIsFree,
  copiesAreDeleted,
};

/** Every breach of a law, with its name. */
export function breaches(simulation: Simulation): string[] {
  return [
    ...simulation.violations.map((violation) => `whileItRan: ${violation}`),
    ...Object.entries(laws).flatMap(([name, law]) => law(simulation).map((breach) => `${name}: ${breach}`)),
  ];
}

function launchesOf({ arm }: Simulation, run: RunRecord, { name }: Task) {
  return arm.launched.filter(({ mark, group }) => mark.runId === run.id && group.endsWith(`/${name}`));
}

function exitOf(simulation: Simulation, run: RunRecord, task: Task): number | undefined {
  const { env = {} } = simulation.requestOf.get(run.id)?.asked.overrides ?? {};
  const exits = String(env['EXITS']).split(',');
  const launches = launchesOf(simulation, run, task).length;
  return launches === 0 ? undefined : Number(exits[Math.min(launches, exits.length) - 1]);
}

function endOfLaunch({ at, document }: Simulation['arm']['launched'][number]): number {
  const variables = document.properties.containers[0]?.properties.environmentVariables ?? [];
  const seconds = Number(variables.find(({ name }) => name === 'SECONDS')?.value ?? 0);
  return at + 17_000 + seconds * 1000;
}
