import type { GroupState } from './instanceView.ts';

/** How far a container has come: `exitCode` once it has ended for good. */
export type Progress = { started: boolean; exitCode?: number };

/**
 * A group's own state, from its containers'.
 *
 * [U] A group whose containers all wait for a restart is Running here, as a pod is in Kubernetes.
 */
export function groupState(
  initContainers: Progress[],
  containers: Progress[],
  pullFailed: boolean,
): GroupState {
  const initFailed = initContainers.some(({ exitCode }) => exitCode !== undefined && exitCode !== 0);
  if (pullFailed || initFailed) {
    return 'Failed';
  }
  if (!containers.some(({ started }) => started)) {
    return 'Pending';
  }
  if (containers.some(({ exitCode }) => exitCode === undefined)) {
    return 'Running';
  }
  return containers.every(({ exitCode }) => exitCode === 0) ? 'Succeeded' : 'Failed';
}
