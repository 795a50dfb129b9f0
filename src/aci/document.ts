import { ArmError } from './errors.ts';
import { isObject } from './json.ts';

/**
 * A container group as ARM sends it: raw, so that a member nobody here has heard of is carried along. Named below is only
 * what this product reads. Absent and null mean the same to ARM.
 */
export type ContainerGroupDocument = Open<{
  id?: string;
  name?: string;
  location?: string;
  tags?: Record<string, string> | null;
  properties: Open<{
    provisioningState?: string;
    containers: ContainerDocument[];
    initContainers?: ContainerDocument[] | null;
    restartPolicy?: string | null;
    osType?: string;
    ipAddress?: Open<{ ip?: string; fqdn?: string; ports?: unknown }> | null;
    instanceView?: Open<{ state?: string | null; events?: EventDocument[] | null }> | null;
    diagnostics?: Open<{ logAnalytics?: Open<Record<never, never>> | null }> | null;
    extensions?: Open<{ name: string; properties?: Open<{ protectedSettings?: unknown }> | null }>[] | null;
  }>;
}>;

export type ContainerDocument = Open<{
  name: string;
  properties: Open<{
    image?: string;
    command?: string[] | null;
    environmentVariables?: EnvironmentVariable[] | null;
    resources?: Open<{ requests?: unknown; limits?: unknown }> | null;
    instanceView?: InstanceView | null;
  }>;
}>;

/** As ARM answers it; a secure variable comes back as its bare name. */
export type EnvironmentVariable = Open<{
  name: string;
  value?: string | null;
  secureValue?: string | null;
  secureValueReference?: string | null;
}>;

export type InstanceView = Open<{
  restartCount?: number;
  currentState?: ContainerState | null;
  previousState?: ContainerState | null;
  events?: EventDocument[] | null;
}>;

/** `startTime` and `finishTime` are RFC 3339. */
export type ContainerState = Open<{
  state?: string;
  startTime?: string | null;
  finishTime?: string | null;
  exitCode?: number | null;
  detailStatus?: string | null;
}>;

export type EventDocument = Open<{
  count?: number;
  firstTimestamp?: string;
  lastTimestamp?: string;
  name?: string;
  message?: string;
  type?: string;
}>;

type Open<Known> = Known & { [member: string]: unknown };

/**
 * Takes an answer of ARM for a container group, once it has at least the shape that a launch stands on.
 * @throws ArmError `UnexpectedAnswer` when it has not.
 */
export function asContainerGroup(answer: unknown): ContainerGroupDocument {
  if (
    isObject(answer) &&
    isObject(answer['properties']) &&
    areContainers(answer['properties']['containers'])
  ) {
    const initContainers = answer['properties']['initContainers'];
    if (initContainers === undefined || initContainers === null || areContainers(initContainers)) {
      return answer as unknown as ContainerGroupDocument;
    }
  }
  throw new ArmError({
    code: 'UnexpectedAnswer',
    message: 'Azure Resource Manager answered something that is not a container group.',
  });
}

/** All containers of a group, in the order in which they start. */
export function allContainers({ properties }: ContainerGroupDocument): ContainerDocument[] {
  return [...(properties.initContainers ?? []), ...properties.containers];
}

function areContainers(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (container) =>
        isObject(container) &&
        typeof container['name'] === 'string' &&
        isObject(container['properties']) &&
        areVariables(container['properties']['environmentVariables']),
    )
  );
}

function areVariables(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (Array.isArray(value) &&
      value.every((variable) => isObject(variable) && typeof variable['name'] === 'string'))
  );
}
