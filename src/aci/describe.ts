import type {
  ContainerDocument,
  ContainerGroupDocument,
  ContainerState,
  EnvironmentVariable,
  EventDocument,
} from './document.ts';
import { masked } from './masked.ts';
import { isBare } from './plan/environmentVariables.ts';

/**
 * A container group as a person wants to see it: all that tells what it does and why, nothing that ARM keeps secret.
 * Members that the group does not have are left out. Times are ARM's, RFC 3339.
 */
export function describeContainerGroup(document: ContainerGroupDocument): Record<string, unknown> {
  const { properties } = document;
  return present({
    id: document.id,
    name: document.name,
    location: document.location,
    tags: document.tags,
    state: properties.instanceView?.state,
    provisioningState: properties.provisioningState,
    osType: properties.osType,
    restartPolicy: properties.restartPolicy ?? 'Always',
    ipAddress: properties.ipAddress,
    containers: properties.containers.map(describeContainer),
    initContainers: properties.initContainers?.map(describeContainer),
    events: inOrder(properties.instanceView?.events),
  });
}

function describeContainer({ name, properties }: ContainerDocument): Record<string, unknown> {
  const { currentState, previousState, restartCount, events } = properties.instanceView ?? {};
  return present({
    name,
    image: properties.image,
    command: properties.command,
    resources: properties.resources,
    ...describeState(currentState),
    restartCount,
    previousState: previousState && present(describeState(previousState)),
    events: inOrder(events),
    environmentVariables: properties.environmentVariables?.map(describeVariable),
  });
}

function describeState(state: ContainerState | null | undefined): Record<string, unknown> {
  return {
    state: state?.state,
    exitCode: state?.exitCode,
    detailStatus: state?.detailStatus,
    startTime: state?.startTime,
    finishTime: state?.finishTime,
  };
}

function describeVariable(variable: EnvironmentVariable): Record<string, unknown> {
  const { name, value, secureValueReference } = variable;
  return isBare(variable) || typeof variable.secureValue === 'string'
    ? { name, secureValue: masked }
    : present({ name, value, secureValueReference });
}

function inOrder(events: EventDocument[] | null | undefined): EventDocument[] | undefined {
  return events?.toSorted((one, other) => timeOf(one) - timeOf(other));
}

function timeOf({ firstTimestamp, lastTimestamp }: EventDocument): number {
  return Date.parse(firstTimestamp ?? lastTimestamp ?? '') || 0;
}

function present(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}
