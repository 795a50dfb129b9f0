import { parseContainerGroupId } from '../../aci/containerGroupId.ts';
import { fragmentOf } from '../place.ts';

/** A group's name, which leads to it. @param id its ARM resource id. */
export function GroupLink({ id }: { id: string }) {
  const group = parseContainerGroupId(id);
  if (group === undefined) {
    return <span>{id}</span>;
  }
  return (
    <a href={fragmentOf({ view: 'group', group })} title={id}>
      {group.name}
    </a>
  );
}
