/** The members of a RunRequest that callers may send only where somebody allows them; `containers` lets them reach every container. */
export const allowable = [
  'env',
  'secureEnv',
  'containers',
  'command',
  'image',
  'resources',
  'mode',
  'tasks',
  'parallelism',
  'timeoutSeconds',
  'startWithinSeconds',
  'maxRetries',
  'ttlSeconds',
  'ifRunning',
  'callbackUrl',
  'tags',
] as const;

export type AllowableMember = (typeof allowable)[number];
