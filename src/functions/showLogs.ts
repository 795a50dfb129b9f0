import type { HttpRequest } from '@azure/functions';
import { allContainers } from '../aci/document.ts';
import { type Fault, InvalidRequest, NotFound } from '../aci/errors.ts';
import type { Collaborators } from './collaborators.ts';
import { containerGroupOf, containerGroupRoute } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { parameterFault } from './http/query.ts';

/** `GET {group}/logs?container&tail&timestamps`: text, or JSON for who accepts only that. */
export function showLogs({ containerGroupsFor }: Collaborators): HttpFunction {
  return {
    name: 'show-logs',
    methods: ['GET'],
    route: `${containerGroupRoute}/logs`,
    authLevel: 'function',
    async handler(request) {
      const id = containerGroupOf(request);
      const containerGroups = containerGroupsFor(request);
      const { container: asked, ...options } = readQuery(request);
      const document = await containerGroups.get(id);
      const names = allContainers(document).map(({ name }) => name);
      const { containers } = document.properties;
      const container = asked ?? (containers.length === 1 ? containers[0]?.name : undefined);
      if (container === undefined) {
        throw new InvalidRequest([
          parameterFault(
            'container',
            `The group has several containers: say which one, of ${names.join(', ')}, by ?container=.`,
          ),
        ]);
      }
      if (!names.includes(container)) {
        throw new NotFound(
          'ContainerNotFound',
          `The group has no container '${container}'; it has ${names.join(', ')}.`,
        );
      }
      const content = await containerGroups.listLogs(id, container, options);
      return wantsJson(request)
        ? { jsonBody: { container, content } }
        : {
            headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
            body: content,
          };
    },
  };
}

/** @throws InvalidRequest with every parameter that makes no sense. */
function readQuery({ query }: HttpRequest) {
  const faults: Fault[] = [];
  const tail = query.get('tail');
  if (tail !== null && !/^[1-9]\d{0,8}$/.test(tail)) {
    faults.push(parameterFault('tail', `tail '${tail}' must be a number of lines, from 1.`));
  }
  const timestamps = query.get('timestamps');
  if (timestamps !== null && !['true', 'false'].includes(timestamps)) {
    faults.push(parameterFault('timestamps', `timestamps '${timestamps}' must be true or false.`));
  }
  if (faults.length > 0) {
    throw new InvalidRequest(faults);
  }
  return {
    container: query.get('container') || undefined,
    tail: tail === null ? undefined : Number(tail),
    timestamps: timestamps === null ? undefined : timestamps === 'true',
  };
}

function wantsJson({ headers }: HttpRequest): boolean {
  const accept = headers.get('accept') ?? '';
  return /\bapplication\/json\b/i.test(accept) && !/\btext\/(?:plain|\*)/i.test(accept);
}
