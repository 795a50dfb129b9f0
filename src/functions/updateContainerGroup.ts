import { resourceIdOf } from '../aci/containerGroupId.ts';
import { foldCase } from '../aci/foldCase.ts';
import type { Collaborators } from './collaborators.ts';
import { readCheckedBody } from './http/checkedBody.ts';
import { containerGroupOf } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { check, type TagsPatch } from './tagsPatch.schema.ts';
import * as containerGroupTriggers from './triggers/containerGroupTriggers.ts';

/** `PATCH {group}`: merges tags. ARM's own PATCH replaces the whole map, so what is there is read first. */
export function updateContainerGroup({ containerGroupsFor }: Collaborators): HttpFunction {
  return {
    ...containerGroupTriggers.updateContainerGroup,
    async handler(request) {
      const id = containerGroupOf(request);
      const { tags } = await readCheckedBody<TagsPatch>(request, check);
      const containerGroups = containerGroupsFor(request);
      const live = await containerGroups.get(id);
      const merged = mergedTags(live.tags ?? {}, tags ?? {});
      await containerGroups.update(id, merged);
      return { jsonBody: { id: resourceIdOf(id), tags: merged } };
    },
  };
}

/** Azure tells the names of tags apart ignoring case; a tag keeps the name that it has. */
function mergedTags(
  live: Record<string, string>,
  asked: Record<string, string | null>,
): Record<string, string> {
  const tags = new Map(Object.entries(live).map(([name, value]) => [foldCase(name), { name, value }]));
  for (const [name, value] of Object.entries(asked)) {
    const key = foldCase(name);
    if (value === null) {
      tags.delete(key);
    } else {
      tags.set(key, { name: tags.get(key)?.name ?? name, value });
    }
  }
  return Object.fromEntries([...tags.values()].map(({ name, value }) => [name, value]));
}
