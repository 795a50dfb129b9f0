import { createHash } from 'node:crypto';

/** Who a token speaks for, by the two names that a directory has for it. */
export type Principal = { clientId: string; objectId: string };

/** The queries with which a caller says which of its identities it means; at most one of them. */
export const identitySelectors = ['client_id', 'mi_res_id', 'object_id'] as const;

/**
 * The identity that a selector names. What the selector does not say follows from it, the same every time.
 *
 * An identity named by its resource id has the ids that a container group with that identity shows.
 */
export function selectPrincipal(selector: (typeof identitySelectors)[number], value: string): Principal {
  switch (selector) {
    case 'client_id':
      return { clientId: value, objectId: uuidOf(`principal ${value}`) };
    case 'object_id':
      return { clientId: uuidOf(`client ${value}`), objectId: value };
    case 'mi_res_id':
      return { clientId: uuidOf(`client ${value}`), objectId: uuidOf(`principal ${value}`) };
  }
}

/** A UUID that is always the same for the same text, whatever its case. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text.toLowerCase()).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
