import type { KeyObject } from 'node:crypto';
import type { JsonObject, JsonValue } from '../aci/json.ts';
import type { Preset } from './hook.schema.ts';

/** What a sender sent, as values. */
export type HookRequest = {
  method: string;
  /** By lower-case name; undefined when there is none. */
  header: (name: string) => string | undefined;
  query: (name: string) => string | undefined;
  /** The body exactly as it came: that is what is signed. */
  bytes: Uint8Array;
  /** The same, parsed. */
  body: JsonValue;
};

/** How a job knows who sent something, and what it is. It holds no secret that printing it would show. */
export type Hook = {
  preset: Preset;
  proof: SignatureProof | SecretProof;
  /** Where a delivery that is one event says what it is. */
  places: EventPlaces;
  /** Who may be told by the CloudEvents handshake that it may send. */
  allowedOrigins: readonly string[];
  /** Whether the end of an alert of Azure Monitor is an event. */
  includeResolved: boolean;
};

/** The sender signs what it sends. */
export type SignatureProof = { by: 'signature'; settings: SignatureSettings; keys: readonly KeyObject[] };

/** The sender sends the secret itself. */
export type SecretProof = {
  by: 'secret';
  place: { header: string } | { query: string };
  /** SHA-256 of each. */
  digests: readonly Buffer[];
};

/** What there is to know of a sender's HMACs with SHA-256. Names of headers are in lower case. */
export type SignatureSettings = {
  signatureHeader: string;
  encoding: 'hex' | 'base64';
  /** `single`: one signature; `list`: several with spaces between; `kv`: `key=value` pairs with commas between. */
  headerFormat: 'single' | 'list' | 'kv';
  /** What stands before each signature; with `kv` its key and `=`. */
  prefix: string;
  /** What is signed, with `{body}`, `{id}` and `{timestamp}` for what was sent. */
  signedContent: string;
  idHeader?: string;
  timestampHeader?: string;
  timestampKey?: string;
  /** How far the timestamp may be from now, either way. */
  toleranceSeconds: number;
  secretEncoding: 'utf8' | 'base64' | 'whsec';
};

/** A place in what was sent: a header, by its lower-case name, or JSON Pointers into the body whose values count together. */
export type Place = { header: string } | { from: readonly string[] };

export type EventPlaces = {
  /** What is the same in every try of one delivery. */
  id?: Place;
  type?: Place;
  time?: Place;
};

/** What a sender that only gets to know its receiver is answered. */
export type HandshakeAnswer = { status: 200 | 405; headers: Record<string, string>; body?: JsonObject };
