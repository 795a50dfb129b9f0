import { createSecretKey } from 'node:crypto';
import type { HookConfig } from './hook.schema.ts';
import type { EventPlaces, Hook, SecretProof, SignatureSettings } from './hook.ts';
import { customDefaults, signedPresets } from './presets.ts';
import { secretKey, sentSecretFault, signingSecretFault } from './secretKey.ts';
import { digestOf } from './verifySecret.ts';

/** What a hook says of who sends. */
export type Sender = {
  places: EventPlaces;
  /** What is wrong with a secret, in words that follow its name. */
  secretFault: (secret: string) => string | undefined;
  /** How it proves itself by secrets without a fault. */
  proofBy: (secrets: readonly string[]) => Hook['proof'];
};

/** The sender that a hook without faults describes; some sender, where it has faults. */
export function senderOf(config: HookConfig): Sender {
  switch (config.preset) {
    case 'event-grid':
    case 'azure-monitor':
    case 'secret-header':
      return sendsSecret(placeOf(config), dedupePlace(config));
    case 'custom':
      return signs({ settings: customSettings(config), places: dedupePlace(config) });
    default:
      return signs(signedPresets[config.preset]);
  }
}

function signs({ settings, places }: { settings: SignatureSettings; places: EventPlaces }): Sender {
  const { secretEncoding } = settings;
  return {
    places,
    secretFault: (secret) => signingSecretFault(secret, secretEncoding),
    proofBy: (secrets) => ({
      by: 'signature',
      settings,
      keys: secrets.map((secret) => createSecretKey(secretKey(secret, secretEncoding))),
    }),
  };
}

function sendsSecret(place: SecretProof['place'], places: EventPlaces): Sender {
  return {
    places,
    secretFault: (secret) => sentSecretFault(secret, place),
    proofBy: (secrets) => ({ by: 'secret', place, digests: secrets.map(digestOf) }),
  };
}

function customSettings(config: HookConfig): SignatureSettings {
  const { signatureHeader = '', idHeader, timestampHeader, timestampKey } = config;
  const { encoding, headerFormat, prefix, signedContent, toleranceSeconds, secretEncoding } = {
    ...customDefaults,
    ...config,
  };
  return {
    signatureHeader: signatureHeader.toLowerCase(),
    encoding,
    headerFormat,
    prefix: headerFormat === 'kv' && !prefix.endsWith('=') ? `${prefix}=` : prefix,
    signedContent,
    ...(idHeader !== undefined && { idHeader: idHeader.toLowerCase() }),
    ...(timestampHeader !== undefined && { timestampHeader: timestampHeader.toLowerCase() }),
    ...(timestampKey !== undefined && { timestampKey }),
    toleranceSeconds,
    secretEncoding,
  };
}

function placeOf({ header, query = 'token' }: HookConfig): SecretProof['place'] {
  return header === undefined ? { query } : { header: header.toLowerCase() };
}

/** Where a sender of no fixed kind says which delivery it is; a signed id is one without further words. */
function dedupePlace({ dedupeHeader, dedupeFrom, idHeader }: HookConfig): EventPlaces {
  if (dedupeFrom !== undefined) {
    return { id: { from: [dedupeFrom].flat() } };
  }
  const header = dedupeHeader ?? idHeader;
  return header === undefined ? {} : { id: { header: header.toLowerCase() } };
}
