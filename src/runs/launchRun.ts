import { type ContainerGroupId, resourceIdOf } from '../aci/containerGroupId.ts';
import type { ContainerGroups } from '../aci/containerGroups.ts';
import { ArmError, LauncherError } from '../aci/errors.ts';
import { asText } from '../aci/json.ts';
import type { LaunchOverrides } from '../aci/plan/overrides.ts';
import { type LaunchPlan, planLaunch } from '../aci/plan/planLaunch.ts';
import type { Secret } from '../aci/plan/secrets.ts';
import { requireNoRun } from './requireNoRun.ts';
import type { Run, RunVariable } from './run.ts';
import { createdAtOf } from './runId.ts';

/** A run to be, with all that its launch needs. */
export type Launch = {
  containerGroup: ContainerGroupId;
  overrides: LaunchOverrides;
  /** The container that the overrides' own variables are for. */
  container?: string | undefined;
  /** The container whose end is the end of a run that may hold the group; without one, the end of all is. */
  decidingContainer?: string | undefined;
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
export async function planRun(
  containerGroups: ContainerGroups,
  { containerGroup, overrides, container, secrets }: Launch,
  newRunId: () => string,
): Promise<LaunchPlan> {
  const live = await containerGroups.get(containerGroup);
  return planLaunch(live, { overrides, container, mark: { runId: newRunId(), attempt: 1 } }, secrets);
}

/**
 * Launches a run: one GET, one PUT, and an answer as soon as ARM has accepted it.
 * @param newRunId an id for a run that is launched now, by Azure's clock, which the GET has set.
 * @throws as `planLaunch`; RunInProgress when a run holds the group; ArmError, and LaunchOutcomeUnknown when ARM's answer
 *   to the PUT got lost.
 */
export async function launchRun(
  containerGroups: ContainerGroups,
  launch: Launch,
  newRunId: () => string,
): Promise<LaunchedRun> {
  const { containerGroup, container, ifRunning, overrides, secrets, job } = launch;
  const live = await containerGroups.get(containerGroup);
  const runId = newRunId(); // after the answer that tells what time it is at Azure
  const mark = { runId, attempt: 1 };
  const { document, warnings } = planLaunch(live, { overrides, container, mark }, secrets);
  if (ifRunning === 'reject') {
    requireNoRun(containerGroup, live, launch.decidingContainer);
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
    createdAt: new Date(createdAtOf(runId) ?? 0).toISOString(),
    containers: document.properties.containers.map(({ name }) => ({
      name,
      state: 'Waiting',
      restartCount: 0,
    })),
    env: variablesOf(overrides, container ?? document.properties.containers[0]?.name ?? ''),
    warnings,
  };
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
