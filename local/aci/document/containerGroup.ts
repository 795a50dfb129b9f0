/**
 * The members of a container group that the emulator itself reads.
 *
 * The document may hold much more, which is kept and returned as it came. A document is one of these once
 * findContentFault has found nothing in it.
 */
export type ContainerGroup = {
  location?: string;
  identity?: { type?: string; userAssignedIdentities?: Record<string, object> };
  properties: {
    containers: Container[];
    initContainers?: Container[];
    imageRegistryCredentials?: ImageRegistryCredential[];
    restartPolicy?: string;
    ipAddress?: IpAddress;
    osType?: string;
    priority?: string;
    volumes?: Volume[];
    subnetIds?: { id: string; name?: string }[];
  };
};

export type Container = {
  name: string;
  properties: {
    image?: string;
    command?: string[];
    environmentVariables?: EnvironmentVariable[];
    resources?: { requests: Resources; limits?: Partial<Resources> };
    volumeMounts?: { name: string; mountPath: string }[];
  };
};

export type EnvironmentVariable = {
  name: string;
  value?: string;
  secureValue?: string;
  secureValueReference?: string;
};

export type Resources = { cpu: number; memoryInGB: number; gpu?: { count: number; sku: string } };

export type ImageRegistryCredential = {
  server: string;
  password?: string;
  passwordReference?: string;
  identity?: string;
};

export type IpAddress = {
  type: string;
  ports: { port: number; protocol?: string }[];
  ip?: string;
  dnsNameLabel?: string;
};

export type Volume = {
  name: string;
  azureFile?: {
    storageAccountKey?: string;
    storageAccountKeyReference?: string;
    userAssignedIdentityClientId?: string;
  };
};

/** Init containers and containers, in the order in which they start. */
export function allContainers(group: ContainerGroup): Container[] {
  return [...(group.properties.initContainers ?? []), ...group.properties.containers];
}

export function isSpot({ properties }: ContainerGroup): boolean {
  return properties.priority?.toLowerCase() === 'spot';
}

/** What a group asks for in all. Init containers run before the others, in the room that is theirs. */
export function totalRequest({ properties }: ContainerGroup, amount: 'cpu' | 'memoryInGB'): number {
  return properties.containers.reduce(
    (sum, container) => sum + (container.properties.resources?.requests[amount] ?? 0),
    0,
  );
}
