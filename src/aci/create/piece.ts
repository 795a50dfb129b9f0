import type { JsonValue } from '../json.ts';
import { parsePointer, toPointer } from '../jsonPointer.ts';

/** A piece of a document, and the place in the request that it came from, as a JSON Pointer. */
export type Piece = Leaf | Members | Items;

type Leaf = {
  from: string;
  /** Undefined is left out of the document; its place is known all the same. */
  value: JsonValue | undefined;
  /** Whether the request holds the very same value there, so that places inside it are called alike. */
  isCopy: boolean;
};
type Members = { from: string; members: Record<string, Piece> };
type Items = { from: string; items: readonly Piece[] };

/** What the request says in the same words. */
export function copied(value: unknown, from: string): Piece {
  return { from, value: value as JsonValue | undefined, isCopy: true };
}

/** What follows from what the request says, or does not say, at `from`. */
export function made(value: JsonValue | undefined, from: string): Piece {
  return { from, value, isCopy: false };
}

export function objectOf(members: Record<string, Piece>, from: string): Piece {
  return { from, members };
}

/** A list; without items it is left out. */
export function listOf(items: readonly Piece[], from: string): Piece {
  return items.length === 0 ? made(undefined, from) : { from, items };
}

/** The document that the pieces make. */
export function assemble(piece: Piece): JsonValue | undefined {
  if ('items' in piece) {
    return piece.items.map(assemble).filter((item) => item !== undefined);
  }
  if ('members' in piece) {
    const members = Object.entries(piece.members).flatMap(([name, member]): [string, JsonValue][] => {
      const value = assemble(member);
      return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries(members);
  }
  return piece.value;
}

/** Where in the request the place in the document came from: that of the longest known prefix. */
export function originOf(piece: Piece, documentPointer: string): string {
  let at = piece;
  const segments = parsePointer(documentPointer) ?? [];
  for (const [index, segment] of segments.entries()) {
    const next =
      'items' in at
        ? at.items[Number(segment)]
        : 'members' in at && Object.hasOwn(at.members, segment)
          ? at.members[segment]
          : undefined;
    if (next === undefined) {
      return 'isCopy' in at && at.isCopy ? `${at.from}${toPointer(...segments.slice(index))}` : at.from;
    }
    at = next;
  }
  return at.from;
}
