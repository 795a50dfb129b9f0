import { type ContainerGroupId, resourceIdOf } from '../aci/containerGroupId.ts';
import type { ContainerGroups } from '../aci/containerGroups.ts';
import { ArmError, LauncherError, RunInProgress } from '../aci/errors.ts';
import { asText } from '../aci/json.ts';
import type { Mark } from '../aci/mark.ts';
import type { LaunchOverrides } from '../aci/plan/overrides.ts';
import { type LaunchPlan, planLaunch } from '../aci/plan/planLaunch.ts';
import type { Secret } from '../aci/plan/secrets.ts';
import { observeRun } from './observeRun.ts';
import { isOver, type Run, type RunVariable } from './run.ts';

/** A run to be, with all that its launch needs. */
export type Launch = {
  runId: string;
  containerGroup: ContainerGroupId;
  overrides: LaunchOverrides;
  /** The container that the overrides' own variables are for, and whose end is the run's. */
  container?: string | undefined;
  secrets: readonly Secret[];
  ifRunning: 'reject' | 'replace';
  job?: string | undefined;
};

/** A run that was started, with what its caller should know. */
export type LaunchedRun = Run & { env: RunVariable[]; warnings: string[] };

/** ARM may have taken the launch, or not: it gave no answer that tells. */
export class LaunchOutcomeUnknown extends LauncherError {
  readonly code = 'LaunchOutcomeUnknown';
  readonly runId: string;
  readonly containerGroup: ContainerGroupId;
  override readonly cause: ArmError;

  constructor(runId: string, containerGroup: ContainerGroupId, cause: ArmError) {
    super(
      `Azure gave no answer that tells whether run '${runId}' was launched: ${cause.message} Ask for the run before you ` +
        'launch again: it is found when the launch got through.',
    );
    this.name = 'LaunchOutcomeUnknown';
    this.runId = runId;
    this.containerGroup = containerGroup;
    this.cause = cause;
  }
}

/**
 * Reads the group, and answers what a launch would do to it.
 * @throws as `planLaunch`, and ArmError.
 */
export async function planRun(containerGroups: ContainerGroups, launch: Launch): Promise<LaunchPlan> {
  const live = await containerGroups.get(launch.containerGroup);
  return planLaunch(live, { ...launch, mark: firstAttempt(launch) }, launch.secrets);
}

/**
 * Launches a run: one GET, one PUT, and an answer as soon as ARM has accepted it.
 * @throws as `planLaunch`; RunInProgress when a run holds the group; ArmError, and LaunchOutcomeUnknown when ARM's answer
 *   to the PUT got lost.
 */
export async function launchRun(
  containerGroups: ContainerGroups,
  launch: Launch,
  now: number,
): Promise<LaunchedRun> {
  const { runId, containerGroup, container, ifRunning, overrides, secrets, job } = launch;
  const live = await containerGroups.get(containerGroup);
  const mark = firstAttempt(launch);
  const { document, warnings } = planLaunch(live, { overrides, container, mark }, secrets);
  const holder = observeRun(containerGroup, live, container);
  if (holder && !isOver(holder) && ifRunning === 'reject') {
    throw new RunInProgress(holder.id);
  }
  try {
    await containerGroups.createOrUpdate(containerGroup, document);
  } catch (error) {
    throw error instanceof ArmError && error.outcomeUnknown
      ? new LaunchOutcomeUnknown(runId, containerGroup, error)
      : error;
  }
  return {
    id: runId,
    status: 'NotStarted',
    reason: 'Launching',
    containerGroup: resourceIdOf(containerGroup),
    ...(job !== undefined && { job }),
    mode: 'recreate',
    attempt: mark.attempt,
    createdAt: new Date(now).toISOString(),
    containers: document.properties.containers.map(({ name }) => ({
      name,
      state: 'Waiting',
      restartCount: 0,
    })),
    env: variablesOf(overrides, container ?? document.properties.containers[0]?.name ?? ''),
    warnings,
  };
}

function firstAttempt({ runId }: Launch): Mark {
  return { runId, attempt: 1 };
}

/** The variables that the overrides set, secure ones without their values. */
function variablesOf({ env, secureEnv, containers }: LaunchOverrides, container: string): RunVariable[] {
  return [[container, { env, secureEnv }] as const, ...Object.entries(containers ?? {})].flatMap(
    ([name, overrides]) => [
      ...Object.entries(overrides.env ?? {}).flatMap(([variable, value]) =>
        value === null ? [] : [{ container: name, name: variable, value: asText(value) }],
      ),
      ...Object.keys(overrides.secureEnv ?? {}).map(
        (variable): RunVariable => ({ container: name, name: variable, secure: true }),
      ),
    ],
  );
}
