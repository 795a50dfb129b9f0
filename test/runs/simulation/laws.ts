import { asText } from '../../../src/aci/json.ts';
import { partitionOf } from '../../../src/runs/store/keys.ts';
import { aWishOverridesNoEnd, calmRunsFollowTheirScript, runsEndAsTheirContainersDid } from './endLaws.ts';
import { calmRunsAreToldWhole, eventsTellWhatHappened } from './eventLaws.ts';
import { launchesOf, outsideOf } from './launches.ts';
import {
  aReusedKeyIsRefused,
  logsAreKept,
  theNextRunStartsSoon,
  whoeverIsToEndIsToldPromptly,
} from './promptLaws.ts';
import { mostEvents } from './simulate.ts';
import { allRuns, type Law, type Simulation } from './simulation.ts';
import { baseVariables, containerGroups, secretOf } from './workload.ts';

const noRunIsLost: Law = (simulation) => {
  const rows = containerGroups.flatMap((group) => simulation.table.rowsOf(partitionOf(group)));
  const known = new Set([...rows.map(({ value }) => value['id']), ...simulation.swept]);
  return simulation.answers.flatMap((answer) =>
    answer.kind === 'taken' && !known.has(answer.runId) ? [`run ${answer.runId} was taken and is lost`] : [],
  );
};

const everyRunEnds: Law = (simulation) => [
  ...allRuns(simulation)
    .filter((run) => !run.end || run.duties.length > 0)
    .map(
      (run) =>
        `run ${run.id} did not end: ${run.tasks.map(({ phase }) => phase)}, duties ${run.duties.join()}, generation ${run.generation}`,
    ),
  ...(simulation.watchQueue.waiting().length > 0 ? ['messages are left for runs that are over'] : []),
];

const noneIsLaunchedTwice: Law = (simulation) =>
  allRuns(simulation).flatMap((run) =>
    run.tasks.flatMap((task) => {
      const launches = launchesOf(simulation, run, task);
      // Where somebody else writes between a launch without an answer and the next look, nobody can know of that launch.
      const isHidden = outsideOf(simulation, run, task).some(
        ({ kind, at }) => kind !== 'stop' && at >= (launches[0]?.at ?? 0) && at <= (launches.at(-1)?.at ?? 0),
      );
      const attempts = new Set(launches.map(({ mark }) => mark.attempt));
      return [
        ...(attempts.size < launches.length ? [`run ${run.id} sent one attempt twice`] : []),
        ...(launches.length > 1 + task.failures && !isHidden
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
  ...allRuns(simulation)
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
  aWishOverridesNoEnd,
  calmRunsFollowTheirScript,
  eventsTellWhatHappened,
  calmRunsAreToldWhole,
  theNextRunStartsSoon,
  whoeverIsToEndIsToldPromptly,
  logsAreKept,
  aReusedKeyIsRefused,
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
