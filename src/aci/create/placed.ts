import type { Container, Group, InitContainer } from './documentShape.ts';

/** Something of a document, and its JSON Pointer. */
export type Placed<Item> = { item: Item; pointer: string };

/** The items of a list that could be read, each with its place. */
export function placedItems<Item>(
  list: readonly (Item | undefined)[] | undefined,
  pointer: string,
): Placed<Item>[] {
  return (list ?? []).flatMap((item, index) =>
    item === undefined ? [] : [{ item, pointer: `${pointer}/${index}` }],
  );
}

export function containersOf({ properties }: Group): Placed<Container>[] {
  return placedItems(properties?.containers, '/properties/containers');
}

/** Init containers and containers, in the order in which they start. */
export function allContainersOf(group: Group): Placed<InitContainer>[] {
  return [
    ...placedItems(group.properties?.initContainers, '/properties/initContainers'),
    ...containersOf(group),
  ];
}

/** What a list says for the second time, by the key of each item. */
export function repeated<Item>(items: readonly Placed<Item>[], key: (item: Item) => string): Placed<Item>[] {
  const seen = new Set<string>();
  return items.filter(({ item }) => seen.size === seen.add(key(item)).size);
}
