import { createHmac } from 'node:crypto';
import type { JsonValue } from '../../src/aci/json.ts';
import type { HookConfig } from '../../src/hooks/hook.schema.ts';
import type { Hook, HookRequest } from '../../src/hooks/hook.ts';
import { readHook } from '../../src/hooks/readHook.ts';

export const now = 1_790_000_000_000;
export const sampleBody =
  '{"type":"job.requested","timestamp":"2026-09-21T14:13:20Z","data":{"run":"nightly-42","dryRun":false,"note":"größe"}}';

/** The hook that a configuration without faults makes with these secrets. */
export function hookOf(config: Omit<HookConfig, 'secret'>, ...secrets: string[]): Hook {
  const names = secrets.map((_, index) => `setting:SECRET_${index}`);
  const { hook, faults } = readHook({ ...config, secret: names }, secrets);
  if (hook === undefined) {
    throw new Error(`There is no such hook: ${JSON.stringify(faults)}`);
  }
  return hook;
}

export type Sent = {
  headers?: Record<string, string>;
  query?: Record<string, string>;
  method?: string;
  body?: JsonValue;
};

/** A request as a hook sees it; its bytes are those of its body unless others are given. */
export function requestOf(
  { headers = {}, query = {}, method = 'POST', body = {} }: Sent,
  bytes?: Uint8Array,
): HookRequest {
  const lowerCase = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const asked = new Map(Object.entries(query));
  return {
    method,
    header: (name) => lowerCase.get(name),
    query: (name) => asked.get(name),
    bytes: bytes ?? Buffer.from(JSON.stringify(body)),
    body,
  };
}

/** What one delivery says of itself, and a signature of which several may be sent. */
export type Delivery = { id: string; timestamp: string; body: string | Uint8Array };

export type SignedSender = {
  name: string;
  config: Omit<HookConfig, 'secret'>;
  secrets: [string, string];
  /** What it signs besides the body. */
  signs: { id: boolean; timestamp: boolean };
  /** Whether its header has room for more than one signature. */
  severalSignatures: boolean;
  signature: (secret: string, delivery: Delivery) => string;
  headers: (signatures: string[], delivery: Delivery) => Record<string, string>;
};

const text: [string, string] = ['a shared secret of some length', 'the next one, of some length too'];
const whsec: [string, string] = [
  'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=',
  'whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU=',
];
const base64: [string, string] = ['MDEyMzQ1Njc4OWFiY2RlZg==', 'ZmVkY2JhOTg3NjU0MzIxMA=='];

function hmac(key: string | Buffer, pieces: (string | Uint8Array)[], encoding: 'hex' | 'base64'): string {
  const signer = createHmac('sha256', key);
  for (const piece of pieces) {
    signer.update(piece);
  }
  return signer.digest(encoding);
}

/** Senders that sign, each as its own documentation has it. */
export const signedSenders: SignedSender[] = [
  {
    name: 'github',
    config: { preset: 'github' },
    secrets: text,
    signs: { id: false, timestamp: false },
    severalSignatures: false,
    signature: (secret, { body }) => `sha256=${hmac(secret, [body], 'hex')}`,
    headers: ([signature = ''], { id }) => ({ 'X-Hub-Signature-256': signature, 'X-GitHub-Delivery': id }),
  },
  {
    name: 'standard-webhooks',
    config: { preset: 'standard-webhooks' },
    secrets: whsec,
    signs: { id: true, timestamp: true },
    severalSignatures: true,
    signature: (secret, { id, timestamp, body }) =>
      `v1,${hmac(Buffer.from(secret.slice(6), 'base64'), [`${id}.${timestamp}.`, body], 'base64')}`,
    headers: (signatures, { id, timestamp }) => ({
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatures.join(' '),
    }),
  },
  {
    name: 'stripe',
    config: { preset: 'stripe' },
    secrets: whsec,
    signs: { id: false, timestamp: true },
    severalSignatures: true,
    signature: (secret, { timestamp, body }) => `v1=${hmac(secret, [`${timestamp}.`, body], 'hex')}`,
    headers: (signatures, { timestamp }) => ({
      'Stripe-Signature': [`t=${timestamp}`, ...signatures, 'v0=00'].join(','),
    }),
  },
  {
    name: 'slack',
    config: { preset: 'slack' },
    secrets: text,
    signs: { id: false, timestamp: true },
    severalSignatures: false,
    signature: (secret, { timestamp, body }) => `v0=${hmac(secret, [`v0:${timestamp}:`, body], 'hex')}`,
    headers: ([signature = ''], { timestamp }) => ({
      'X-Slack-Signature': signature,
      'X-Slack-Request-Timestamp': timestamp,
    }),
  },
  {
    name: 'custom, as Shopify signs',
    config: { preset: 'custom', signatureHeader: 'X-Shopify-Hmac-Sha256', encoding: 'base64' },
    secrets: text,
    signs: { id: false, timestamp: false },
    severalSignatures: false,
    signature: (secret, { body }) => hmac(secret, [body], 'base64'),
    headers: ([signature = '']) => ({ 'X-Shopify-Hmac-Sha256': signature }),
  },
  {
    name: 'custom, as Teams signs',
    config: {
      preset: 'custom',
      signatureHeader: 'Authorization',
      prefix: 'HMAC ',
      encoding: 'base64',
      secretEncoding: 'base64',
    },
    secrets: base64,
    signs: { id: false, timestamp: false },
    severalSignatures: false,
    signature: (secret, { body }) => `HMAC ${hmac(Buffer.from(secret, 'base64'), [body], 'base64')}`,
    headers: ([signature = '']) => ({ Authorization: signature }),
  },
  {
    name: 'custom, with everything',
    config: {
      preset: 'custom',
      signatureHeader: 'X-Signature',
      algorithm: 'sha256',
      encoding: 'hex',
      headerFormat: 'kv',
      prefix: 'sig',
      signedContent: 'v9|{body}|{timestamp}|{id}',
      idHeader: 'X-Id',
      timestampKey: 'ts',
      toleranceSeconds: 300,
      secretEncoding: 'base64',
    },
    secrets: base64,
    signs: { id: true, timestamp: true },
    severalSignatures: true,
    signature: (secret, { id, timestamp, body }) =>
      `sig=${hmac(Buffer.from(secret, 'base64'), ['v9|', body, `|${timestamp}|${id}`], 'hex')}`,
    headers: (signatures, { id, timestamp }) => ({
      'X-Id': id,
      'X-Signature': [...signatures, `ts=${timestamp}`].join(', '),
    }),
  },
];
