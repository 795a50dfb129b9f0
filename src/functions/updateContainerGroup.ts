import { resourceIdOf } from '../aci/containerGroupId.ts';
import type { Collaborators } from './collaborators.ts';
import { readCheckedBody } from './http/checkedBody.ts';
import { containerGroupOf, containerGroupRoute } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { check, type TagsPatch } from './tagsPatch.schema.ts';

/** `PATCH {group}`: merges tags. ARM's own PATCH replaces the whole map, so what is there is read first. */
export function updateContainerGroup({ containerGroupsFor }: Collaborators): HttpFunction {
  return {
    name: 'update-container-group',
    methods: ['PATCH'],
    route: containerGroupRoute,
    authLevel: 'function',
    async handler(request) {
      const id = containerGroupOf(request);
      const { tags } = await readCheckedBody<TagsPatch>(request, check);
      const containerGroups = containerGroupsFor(request);
      const live = await containerGroups.get(id);
      const merged = Object.fromEntries(
        Object.entries({ ...live.tags, ...tags }).filter((tag): tag is [string, string] => tag[1] !== null),
      );
      await containerGroups.update(id, merged);
      return { jsonBody: { id: resourceIdOf(id), tags: merged } };
    },
  };
}
