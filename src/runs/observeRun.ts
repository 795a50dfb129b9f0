import { type ContainerGroupId, resourceIdOf } from '../aci/containerGroupId.ts';
import type { ContainerDocument, ContainerGroupDocument, ContainerState } from '../aci/document.ts';
import { readMark } from '../aci/mark.ts';
import { currentState, endState, isSettled, isStopped } from '../aci/state.ts';
import type { Run, RunContainer } from './run.ts';
import { createdAtOf } from './runId.ts';

/**
 * How much earlier than the run a container may seem to have started. A view that is older is the last run's, which ACI may
 * still show for a moment. Both times are Azure's own; the allowance is for the clocks of its machines, and for the whole seconds of
 * a Date header.
 */
const clockSkewMs = 30_000;

type Outcome = Pick<Run, 'status' | 'reason' | 'error'>;

/**
 * The run whose mark a group carries, as far as the group tells; undefined when it carries none of ours.
 * @param container the container whose end is the run's end; without one, the end of all is.
 */
export function observeRun(
  id: ContainerGroupId,
  document: ContainerGroupDocument,
  container?: string,
): Run | undefined {
  const mark = readMark(document);
  const createdAt = mark && createdAtOf(mark.runId);
  if (mark === undefined || createdAt === undefined) {
    return undefined;
  }
  const containers = document.properties.containers.map((each) =>
    withoutStaleView(each, document, createdAt),
  );
  const deciding = containers.filter(({ name }) => name === container);
  const watched = deciding.length > 0 ? deciding : containers;
  const ends = watched.map((each) => endState(each, document.properties.restartPolicy));
  const outcome = outcomeOf(document, watched, ends);
  const started = times(
    containers.flatMap((each) => [previousState(each)?.startTime, currentState(each)?.startTime]),
  );
  const finished = times(ends.map((end) => end?.finishTime));
  return {
    id: mark.runId,
    ...outcome,
    containerGroup: resourceIdOf(id),
    mode: 'recreate',
    attempt: mark.attempt,
    createdAt: new Date(createdAt).toISOString(),
    ...(started[0] !== undefined && { startedAt: started[0] }),
    ...(finished.length === watched.length && { finishedAt: finished.at(-1) as string }),
    containers: containers.map(containerOf),
  };
}

function outcomeOf(
  { properties, ...document }: ContainerGroupDocument,
  containers: readonly ContainerDocument[],
  ends: readonly (ContainerState | undefined)[],
): Outcome {
  if (!isSettled({ ...document, properties })) {
    return { status: 'NotStarted', reason: 'Launching' };
  }
  if (ends.every((end) => end !== undefined)) {
    return endOutcome(ends);
  }
  if (properties.provisioningState === 'Failed' || properties.provisioningState === 'Canceled') {
    return launchFailure(containers);
  }
  const hasStarted = containers.some((each) => {
    const { state } = currentState(each) ?? {};
    const hasRestarted = (each.properties.instanceView?.restartCount ?? 0) > 0;
    return state === 'Running' || state === 'Terminated' || hasRestarted || previousState(each) !== undefined;
  });
  return hasStarted
    ? { status: 'Running', reason: 'Running' }
    : { status: 'NotStarted', reason: 'Launching' };
}

function endOutcome(ends: readonly ContainerState[]): Outcome {
  const failed = ends.find(({ exitCode }) => exitCode !== 0);
  if (failed === undefined) {
    return { status: 'Succeeded', reason: 'Completed' };
  }
  if (ends.some(isStopped)) {
    return { status: 'Canceled', reason: 'CanceledByCaller' };
  }
  const code = /oom/i.test(failed.detailStatus ?? '') ? 'OutOfMemory' : 'NonZeroExit';
  const exit =
    failed.exitCode === undefined || failed.exitCode === null
      ? 'no exit code'
      : `exit code ${failed.exitCode}`;
  return {
    status: 'Failed',
    reason: code,
    error: { code, message: `A container ended with ${exit}${detail(failed)}.` },
  };
}

function launchFailure(containers: readonly ContainerDocument[]): Outcome {
  const events = containers.flatMap(({ properties }) => properties.instanceView?.events ?? []);
  const pull = events.find(({ name, message }) => name === 'Failed' && /pull/i.test(message ?? ''));
  const reason = pull ? 'ImagePull' : 'LaunchRejected';
  return {
    status: 'Failed',
    reason,
    error: {
      code: reason,
      message: pull?.message ?? events.at(-1)?.message ?? 'Azure could not provision the group.',
    },
  };
}

/** While ACI provisions, and for a moment after, it may show what the containers of the last run did. */
function withoutStaleView(
  container: ContainerDocument,
  document: ContainerGroupDocument,
  createdAt: number,
): ContainerDocument {
  const isStale = (state: ContainerState | undefined) =>
    Date.parse(state?.startTime ?? state?.finishTime ?? '') < createdAt - clockSkewMs;
  const { instanceView, ...properties } = container.properties;
  if (!isSettled(document) || isStale(currentState(container))) {
    return { ...container, properties };
  }
  return isStale(previousState(container))
    ? { ...container, properties: { ...properties, instanceView: { ...instanceView, previousState: null } } }
    : container;
}

function previousState({ properties }: ContainerDocument): ContainerState | undefined {
  return properties.instanceView?.previousState ?? undefined;
}

function containerOf(container: ContainerDocument): RunContainer {
  const view = container.properties.instanceView;
  const { state = 'Waiting', exitCode, detailStatus } = view?.currentState ?? {};
  return {
    name: container.name,
    state,
    ...(typeof exitCode === 'number' && { exitCode }),
    restartCount: view?.restartCount ?? 0,
    ...(detailStatus && { detailStatus }),
  };
}

function times(values: readonly (string | null | undefined)[]): string[] {
  return values
    .filter((value) => typeof value === 'string')
    .sort((one, other) => Date.parse(one) - Date.parse(other));
}

function detail({ detailStatus }: ContainerState): string {
  return detailStatus ? `: ${detailStatus}` : '';
}
