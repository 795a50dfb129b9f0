import type { ContainerDocument, ContainerGroupDocument, ContainerState } from '../../aci/document.ts';
import { currentState, endState, isSettled, isStopped } from '../../aci/state.ts';
import type { RunContainer } from '../run.ts';
import type { End } from '../runRecord.ts';

/** What a group that carries the mark of a launch tells of it. */
export type GroupView = {
  containers: RunContainer[];
  /** RFC 3339; when the first container started. */
  startedAt?: string;
  finishedAt?: string;
  /** How the run ended, once it has. */
  end?: End;
  /** Whether nothing runs and nothing would start again by itself. */
  isAtRest: boolean;
};

export type GroupViewOptions = {
  /** Start times of the containers before the launch, by name. */
  lastStarts: Readonly<Record<string, readonly string[]>>;
  /** The container whose end counts; without it, the end of all does. */
  container?: string | undefined;
  /** Under OnFailure, how often ACI may start a container again before the run counts as failed. */
  maxRetries?: number | undefined;
};

/** A run's row has room for so much of each container's `detailStatus`, in UTF-16 code units. */
const mostDetail = 200;

/** Reads a group that carries the launch's mark. Pure. */
export function observeGroup(
  document: ContainerGroupDocument,
  { lastStarts, container, maxRetries }: GroupViewOptions,
): GroupView {
  const { restartPolicy } = document.properties;
  const containers = document.properties.containers.map((each) =>
    withoutStaleView(each, document, lastStarts[each.name] ?? []),
  );
  const deciding = containers.filter(({ name }) => name === container);
  const watched = deciding.length > 0 ? deciding : containers;
  const ends = watched.map((each) => endState(each, restartPolicy) ?? spent(each, restartPolicy, maxRetries));
  const end = endOf(document, watched, ends);
  const [startedAt] = times(containers.flatMap((each) => views(each).map((state) => state.startTime)));
  const finishedAt = times(ends.map((state) => state?.finishTime)).at(-1);
  return {
    containers: containers.map(containerOf),
    ...(startedAt !== undefined && { startedAt }),
    ...(end && finishedAt !== undefined && { finishedAt }),
    ...(end && { end }),
    isAtRest: isAtRest(document, containers),
  };
}

/** What tells one start of a container from another, by container: its start times, or where it never started its finish times. */
export function startsOf({ properties }: ContainerGroupDocument): Record<string, string[]> {
  return Object.fromEntries(
    properties.containers.map((container) => [container.name, views(container).map(startOf).filter(Boolean)]),
  );
}

function endOf(
  document: ContainerGroupDocument,
  containers: readonly ContainerDocument[],
  ends: readonly (ContainerState | undefined)[],
): End | undefined {
  if (!isSettled(document)) {
    return undefined;
  }
  if (ends.every((end) => end !== undefined)) {
    return endOfContainers(ends);
  }
  const { provisioningState } = document.properties;
  return provisioningState === 'Failed' || provisioningState === 'Canceled'
    ? launchFailure(containers)
    : undefined;
}

function endOfContainers(ends: readonly ContainerState[]): End {
  const failed = ends.find(({ exitCode }) => exitCode !== 0);
  if (failed === undefined) {
    return { status: 'Succeeded', reason: 'Completed' };
  }
  if (ends.some(isStopped)) {
    return { status: 'Canceled', reason: 'CanceledByCaller' };
  }
  const reason = /oom/i.test(failed.detailStatus ?? '') ? 'OutOfMemory' : 'NonZeroExit';
  const exit = typeof failed.exitCode === 'number' ? `exit code ${failed.exitCode}` : 'no exit code';
  const detail = failed.detailStatus ? `: ${failed.detailStatus}` : '';
  return {
    status: 'Failed',
    reason,
    error: { code: reason, message: `A container ended with ${exit}${detail}.` },
  };
}

function launchFailure(containers: readonly ContainerDocument[]): End {
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

/**
 * The failed state of a container that ACI has started again as often as it may: under OnFailure its restarts are the retries
 * of the run, when somebody said how many those are.
 */
function spent(
  container: ContainerDocument,
  restartPolicy: string | null | undefined,
  maxRetries: number | undefined,
): ContainerState | undefined {
  const failed = views(container).find((state) => state.state === 'Terminated' && state.exitCode !== 0);
  const restarts = container.properties.instanceView?.restartCount ?? 0;
  const failures = restarts + (failed !== undefined && failed === currentState(container) ? 1 : 0);
  return restartPolicy === 'OnFailure' && maxRetries !== undefined && failures > maxRetries
    ? failed
    : undefined;
}

function isAtRest(document: ContainerGroupDocument, containers: readonly ContainerDocument[]): boolean {
  if (!isSettled(document)) {
    return false;
  }
  const { restartPolicy, provisioningState, instanceView } = document.properties;
  return (
    instanceView?.state === 'Stopped' ||
    containers.every((container) => {
      const state = currentState(container);
      return state?.state === 'Terminated'
        ? isStopped(state) ||
            restartPolicy === 'Never' ||
            (restartPolicy === 'OnFailure' && state.exitCode === 0)
        : state?.state !== 'Running' && provisioningState !== 'Succeeded';
    })
  );
}

/** Without what ACI still shows of the container's life before the launch. */
function withoutStaleView(
  container: ContainerDocument,
  document: ContainerGroupDocument,
  lastStarts: readonly string[],
): ContainerDocument {
  const { instanceView, ...properties } = container.properties;
  const isStale = (state: ContainerState | null | undefined) => state && lastStarts.includes(startOf(state));
  if (!isSettled(document) || isStale(instanceView?.currentState)) {
    return { ...container, properties };
  }
  return isStale(instanceView?.previousState)
    ? { ...container, properties: { ...properties, instanceView: { ...instanceView, previousState: null } } }
    : container;
}

function views({ properties }: ContainerDocument): ContainerState[] {
  const { currentState, previousState } = properties.instanceView ?? {};
  return [currentState, previousState].filter((state) => state !== null && state !== undefined);
}

function startOf({ startTime, finishTime }: ContainerState): string {
  return startTime ?? finishTime ?? '';
}

function containerOf(container: ContainerDocument): RunContainer {
  const view = container.properties.instanceView;
  const { state = 'Waiting', exitCode, detailStatus } = view?.currentState ?? {};
  return {
    name: container.name,
    state,
    ...(typeof exitCode === 'number' && { exitCode }),
    restartCount: view?.restartCount ?? 0,
    ...(detailStatus && { detailStatus: detailStatus.slice(0, mostDetail) }),
  };
}

function times(values: readonly (string | null | undefined)[]): string[] {
  return values
    .filter((value) => typeof value === 'string')
    .sort((one, other) => Date.parse(one) - Date.parse(other));
}
