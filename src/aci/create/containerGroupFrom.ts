import type { ContainerGroupId } from '../containerGroupId.ts';
import type { ContainerGroupDocument } from '../document.ts';
import { addressFrom, simplePorts } from './addressFrom.ts';
import { containerFrom, initContainerFrom, portFrom } from './containerFrom.ts';
import type { CreateRequest } from './createRequest.schema.ts';
import { assemble, copied, listOf, made, objectOf, originOf, type Piece } from './piece.ts';

/** Members of the document's `properties` that the request has under the same name and in the same shape. */
const sameInDocument = [
  'restartPolicy',
  'dnsConfig',
  'volumes',
  'identityAcls',
  'secretReferences',
  'priority',
  'sku',
  'confidentialComputeProperties',
  'encryptionProperties',
  'diagnostics',
  'extensions',
  'containerGroupProfile',
  'standbyPoolProfile',
] as const satisfies readonly (keyof CreateRequest)[];

/**
 * The group that a request to create one is about, and the document to PUT.
 *
 * Left out of the document is what the request leaves out, so that ACI's own defaults hold (`restartPolicy` among them), but
 * for those that the route promises: location westeurope, 1 core, 1.5 GB, port 80 on a public address, and Linux, which ACI
 * has no default for. With a `containerGroupProfile`, only the location.
 * @param request one that its schema has found nothing wrong with.
 * @returns `pointerOf` says where in the request a place in the document came from, both as JSON Pointers.
 */
export function containerGroupFrom(request: CreateRequest): {
  id: ContainerGroupId;
  document: ContainerGroupDocument;
  pointerOf: (documentPointer: string) => string;
} {
  const group = groupFrom(request);
  return {
    id: { subscriptionId: request.subscriptionId, resourceGroup: request.rgName, name: request.cnName },
    document: assemble(group) as unknown as ContainerGroupDocument,
    pointerOf: (documentPointer) => originOf(group, documentPointer),
  };
}

function groupFrom(request: CreateRequest): Piece {
  const { location, osType, subnetId, initContainers = [], containerGroupProfile } = request;
  const same = sameInDocument.map((name): [string, Piece] => [name, copied(request[name], `/${name}`)]);
  return objectOf(
    {
      location: made(location ?? 'westeurope', '/location'),
      tags: copied(request.tags, '/tags'),
      zones: copied(request.zones, '/zones'),
      identity: copied(request.identity, '/identity'),
      properties: objectOf(
        {
          containers: containersFrom(request),
          initContainers: listOf(
            initContainers.map((container, index) => {
              const from = `/initContainers/${index}`;
              return initContainerFrom(container, { name: copied(container.name, `${from}/name`), from });
            }),
            '/initContainers',
          ),
          osType: made(osType ?? (containerGroupProfile ? undefined : 'Linux'), '/osType'),
          ipAddress: addressFrom(request),
          subnetIds: listOf(
            subnetId === undefined ? [] : [objectOf({ id: copied(subnetId, '/subnetId') }, '/subnetId')],
            '/subnetId',
          ),
          imageRegistryCredentials: registriesFrom(request),
          ...Object.fromEntries(same),
        },
        '',
      ),
    },
    '',
  );
}

function containersFrom(request: CreateRequest): Piece {
  const { containers, cnName } = request;
  const withDefaults = !request.containerGroupProfile;
  if (!containers) {
    const named = { name: copied(cnName, '/cnName'), from: '', ports: simplePorts(request), withDefaults };
    return listOf([containerFrom(request, named)], '');
  }
  const items = containers.map((container, index) => {
    const from = `/containers/${index}`;
    const ports = (container.ports ?? []).map((port, at) => portFrom(port, `${from}/ports/${at}`));
    return containerFrom(container, {
      name: copied(container.name, `${from}/name`),
      from,
      ports: listOf(ports, `${from}/ports`),
      withDefaults,
    });
  });
  return items.length === 0 ? made([], '/containers') : listOf(items, '/containers');
}

function registriesFrom({ registry, registries = [] }: CreateRequest): Piece {
  return listOf(
    [
      ...(registry ? [copied(registry, '/registry')] : []),
      ...registries.map((one, index) => copied(one, `/registries/${index}`)),
    ],
    '/registries',
  );
}
