import type { HookConfig, Preset } from './hook.schema.ts';
import type { EventPlaces, SignatureSettings } from './hook.ts';

type SignedPreset = Extract<Preset, 'github' | 'standard-webhooks' | 'stripe' | 'slack'>;

/** What holds of a custom sender, where its operator says nothing else. */
export const customDefaults = {
  encoding: 'hex',
  headerFormat: 'single',
  prefix: '',
  signedContent: '{body}',
  toleranceSeconds: 300,
  secretEncoding: 'utf8',
} as const satisfies Omit<SignatureSettings, 'signatureHeader'>;

/** How known senders sign. */
export const signedPresets: Record<SignedPreset, { settings: SignatureSettings; places: EventPlaces }> = {
  // docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries. Nothing says when it was signed, and the
  // delivery's id is not signed: who has seen one delivery can send it again.
  github: {
    settings: { ...customDefaults, signatureHeader: 'x-hub-signature-256', prefix: 'sha256=' },
    places: { id: { header: 'x-github-delivery' }, type: { header: 'x-github-event' } },
  },
  // github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md, "Signature scheme"
  'standard-webhooks': {
    settings: {
      ...customDefaults,
      signatureHeader: 'webhook-signature',
      encoding: 'base64',
      headerFormat: 'list',
      prefix: 'v1,',
      signedContent: '{id}.{timestamp}.{body}',
      idHeader: 'webhook-id',
      timestampHeader: 'webhook-timestamp',
      secretEncoding: 'whsec',
    },
    places: { id: { header: 'webhook-id' }, type: { from: ['/type'] }, time: { from: ['/timestamp'] } },
  },
  // docs.stripe.com/webhooks, "Verify webhook signatures manually"; the secret's own whsec_ is part of the key
  stripe: {
    settings: {
      ...customDefaults,
      signatureHeader: 'stripe-signature',
      headerFormat: 'kv',
      prefix: 'v1=',
      signedContent: '{timestamp}.{body}',
      timestampKey: 't',
    },
    places: { id: { from: ['/id'] }, type: { from: ['/type'] } },
  },
  // docs.slack.dev/authentication/verifying-requests-from-slack
  slack: {
    settings: {
      ...customDefaults,
      signatureHeader: 'x-slack-signature',
      prefix: 'v0=',
      signedContent: 'v0:{timestamp}:{body}',
      timestampHeader: 'x-slack-request-timestamp',
    },
    places: { id: { from: ['/event_id'] }, type: { from: ['/event/type'] } },
  },
};

/** The members that a hook of each preset may have besides `preset` and `secret`. */
export const presetMembers: Record<Preset, readonly Exclude<keyof HookConfig, 'preset' | 'secret'>[]> = {
  github: [],
  'standard-webhooks': [],
  stripe: [],
  slack: [],
  'event-grid': ['header', 'query', 'allowedOrigins'],
  'azure-monitor': ['header', 'query', 'includeResolved'],
  'secret-header': ['header', 'query', 'dedupeHeader', 'dedupeFrom'],
  custom: [
    'signatureHeader',
    'algorithm',
    'encoding',
    'headerFormat',
    'prefix',
    'signedContent',
    'idHeader',
    'timestampHeader',
    'timestampKey',
    'toleranceSeconds',
    'secretEncoding',
    'dedupeHeader',
    'dedupeFrom',
  ],
};
