import type { JsonObject } from '../json.ts';

/** Who a token is to speak for, what it is for, and how long it is good. */
export type MintedFor = {
  clientId?: string;
  objectId?: string;
  /** ARM unless given. */
  resource?: string;
  /** A day unless given; 0 makes a token that has expired already. */
  lifetimeSeconds?: number;
};

const texts = ['clientId', 'objectId', 'resource'];

/** Reads what the control route takes for a token. @returns what is wrong with it, when something is. */
export function readTokenOrder(content: JsonObject): MintedFor | { problem: string } {
  for (const [name, value] of Object.entries(content)) {
    if (texts.includes(name)) {
      if (typeof value !== 'string' || value === '') {
        return { problem: `'${name}' must be text.` };
      }
    } else if (name !== 'lifetimeSeconds') {
      return { problem: `'${name}' is none of ${texts.join(', ')}, lifetimeSeconds.` };
    } else if (!Number.isInteger(value) || Number(value) < 0) {
      return { problem: `'${name}' must be a whole number, 0 or more.` };
    }
  }
  // Every member has just been held to its type.
  return content as MintedFor;
}
