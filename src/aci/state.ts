import type { ContainerDocument, ContainerGroupDocument, ContainerState } from './document.ts';

/**
 * The provisioning states after which ARM works on the group no more (facts/aci.md, States). Any other word, also one of
 * tomorrow, means that it still does: to wait is safer than to believe an instance view that may be the last run's.
 */
const settledStates = new Set(['Succeeded', 'Failed', 'Canceled', 'Unhealthy', 'NotAccessible']);

/** Whether ARM is done with the last write, so that the instance view is of what was written. */
export function isSettled({ properties }: ContainerGroupDocument): boolean {
  return settledStates.has(properties.provisioningState ?? '');
}

/** Whether any container works now, or is about to. */
export function isRunning(document: ContainerGroupDocument): boolean {
  return (
    !isSettled(document) ||
    document.properties.containers.some((container) => currentState(container)?.state === 'Running')
  );
}

export function currentState({ properties }: ContainerDocument): ContainerState | undefined {
  return properties.instanceView?.currentState ?? undefined;
}

/**
 * The state in which a container came to its end, once it has: under `Never` when it terminated, under `OnFailure` when it
 * terminated with exit code 0, under `Always` (the default) whenever it did; ACI starts it again then, and shows its latest end.
 */
export function endState(
  container: ContainerDocument,
  restartPolicy: string | null | undefined,
): ContainerState | undefined {
  const current = currentState(container);
  const terminated = current?.state === 'Terminated' ? current : undefined;
  switch (restartPolicy ?? 'Always') {
    case 'Never':
      return terminated;
    case 'OnFailure':
      return terminated?.exitCode === 0 || isStopped(terminated) ? terminated : undefined;
    default: {
      const previous = container.properties.instanceView?.previousState;
      return terminated ?? (previous?.state === 'Terminated' ? previous : undefined);
    }
  }
}

/** Whether somebody stopped the container: ACI's own detail of a stopped one (recorded, facts/aci.md). */
export function isStopped(state: ContainerState | undefined): boolean {
  return /stopped per client request/i.test(state?.detailStatus ?? '');
}
