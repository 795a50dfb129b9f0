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
 * Takes an answer of ARM for a container group, once what this product reads of it has the types that are declared above.
 * @throws ArmError `UnexpectedAnswer` when it has not.
 */
export function asContainerGroup(answer: unknown): ContainerGroupDocument {
  if (!isContainerGroup(answer)) {
    throw new ArmError({
      code: 'UnexpectedAnswer',
      message: 'Azure Resource Manager answered something that is not a container group.',
    });
  }
  return answer;
}

/** All containers of a group, in the order in which they start. */
export function allContainers({ properties }: ContainerGroupDocument): ContainerDocument[] {
  return [...(properties.initContainers ?? []), ...properties.containers];
}

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === 'string';
const optional =
  (test: Test): Test =>
  (value) =>
    value === undefined || value === null || test(value);
const listOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);
const objectWith =
  (members: Record<string, Test>): Test =>
  (value) =>
    isObject(value) && Object.entries(members).every(([member, test]) => test(value[member]));

const isEvents = optional(
  listOf(
    objectWith({
      name: optional(isText),
      message: optional(isText),
      firstTimestamp: optional(isText),
      lastTimestamp: optional(isText),
    }),
  ),
);
const isState = optional(
  objectWith({
    state: optional(isText),
    startTime: optional(isText),
    finishTime: optional(isText),
    detailStatus: optional(isText),
  }),
);
const areContainers = listOf(
  objectWith({
    name: isText,
    properties: objectWith({
      environmentVariables: optional(listOf(objectWith({ name: isText }))),
      resources: optional(isObject),
      instanceView: optional(objectWith({ currentState: isState, previousState: isState, events: isEvents })),
    }),
  }),
);
const isDocument = objectWith({
  tags: optional(isObject),
  properties: objectWith({
    provisioningState: optional(isText),
    containers: areContainers,
    initContainers: optional(areContainers),
    instanceView: optional(objectWith({ state: optional(isText), events: isEvents })),
    extensions: optional(listOf(objectWith({ name: isText, properties: optional(isObject) }))),
  }),
});

function isContainerGroup(value: unknown): value is ContainerGroupDocument {
  return isDocument(value);
}
