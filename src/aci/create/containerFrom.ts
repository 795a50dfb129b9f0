import { asText } from '../json.ts';
import { toPointer } from '../jsonPointer.ts';
import type { ContainerRequest, InitContainerRequest, PortRequest } from './createRequest.schema.ts';
import { copied, listOf, made, objectOf, type Piece } from './piece.ts';

type Named = { name: Piece /** Where the container stands in the request. */; from: string };

/** One container of the document. `withDefaults` is false where a profile of the group's says what is left out. */
export function containerFrom(
  container: Omit<ContainerRequest, 'name' | 'ports'>,
  { name, from, ports, withDefaults }: Named & { ports: Piece; withDefaults: boolean },
): Piece {
  const cpu = container.cpu ?? (withDefaults ? 1 : undefined);
  const memoryInGB = container.memory ?? (withDefaults ? 1.5 : undefined);
  const hasRequests = [cpu, memoryInGB, container.gpu].some((amount) => amount !== undefined);
  const hasResources = hasRequests || container.limits !== undefined;
  const resources = {
    requests: hasRequests
      ? objectOf(
          {
            cpu: copied(cpu, `${from}/cpu`),
            memoryInGB: copied(memoryInGB, `${from}/memory`),
            gpu: copied(container.gpu, `${from}/gpu`),
          },
          from,
        )
      : made(undefined, `${from}/cpu`),
    limits: copied(container.limits, `${from}/limits`),
  };
  return objectOf(
    {
      name,
      properties: objectOf(
        {
          ...sharedMembers(container, from),
          ports,
          resources: hasResources ? objectOf(resources, from) : made(undefined, `${from}/cpu`),
          livenessProbe: copied(container.livenessProbe, `${from}/livenessProbe`),
          readinessProbe: copied(container.readinessProbe, `${from}/readinessProbe`),
          configMap: copied(container.configMap, `${from}/configMap`),
        },
        from,
      ),
    },
    from,
  );
}

/** One init container of the document: ACI gives those no resources, ports or probes of their own. */
export function initContainerFrom(container: InitContainerRequest, { name, from }: Named): Piece {
  return objectOf({ name, properties: objectOf(sharedMembers(container, from), from) }, from);
}

/** One port, of a container or of the group's address. */
export function portFrom({ port, protocol }: PortRequest, from: string): Piece {
  return objectOf(
    { port: copied(port, `${from}/port`), protocol: made(protocol ?? 'TCP', `${from}/protocol`) },
    from,
  );
}

function sharedMembers(container: Omit<InitContainerRequest, 'name'>, from: string): Record<string, Piece> {
  return {
    image: copied(container.image, `${from}/image`),
    command: copied(container.command, `${from}/command`),
    environmentVariables: variablesFrom(container, from),
    volumeMounts: copied(container.volumeMounts, `${from}/volumeMounts`),
    securityContext: copied(container.securityContext, `${from}/securityContext`),
  };
}

function variablesFrom(
  { env = {}, secureEnv = {} }: Pick<InitContainerRequest, 'env' | 'secureEnv'>,
  from: string,
): Piece {
  const plain = Object.entries(env).map(([name, value]) =>
    made({ name, value: asText(value) }, `${from}${toPointer('env', name)}`),
  );
  const secure = Object.entries(secureEnv).map(([name, value]) =>
    made(
      { name, ...(typeof value === 'string' ? { secureValue: value } : value) },
      `${from}${toPointer('secureEnv', name)}`,
    ),
  );
  return listOf([...plain, ...secure], `${from}/env`);
}
