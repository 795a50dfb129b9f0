import Type from 'typebox';
import type { JsonValue } from '../json.ts';

/**
 * The objects inside a request to create a group, each with the members that ACI's REST specification 2026-07-01 gives it;
 * containers alone are shorter than there. What createRequest.schema.ts is made of.
 */
export const closed = { additionalProperties: false } as const;

export function oneOf<const Word extends string>(words: readonly Word[], description: string) {
  return Type.Unsafe<Word>({ type: 'string', enum: [...words], description });
}

export function textMap(description: string) {
  return Type.Unsafe<Record<string, string>>({
    type: 'object',
    additionalProperties: { type: 'string' },
    description,
  });
}

export const text = (description: string) => Type.String({ minLength: 1, description });
export const texts = (description: string) => Type.Array(Type.String(), { description });
export const flag = (description: string) => Type.Boolean({ description });

export const port = Type.Object(
  {
    port: Type.Integer({ description: '1–65535.' }),
    protocol: Type.Optional(oneOf(['TCP', 'UDP'], 'TCP without it.')),
  },
  closed,
);

const gpu = Type.Object(
  { count: Type.Integer(), sku: text('K80, P100 or V100.') },
  { ...closed, description: 'ACI retired GPUs in July 2025; the member remains.' },
);

const env = Type.Unsafe<Record<string, Exclude<JsonValue, null>>>({
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'boolean', 'object', 'array'] },
  description:
    'Variables by name. Text as it is, numbers and booleans as text, objects and arrays as JSON text.',
});

const secureEnv = Type.Unsafe<Record<string, string | { secureValueReference: string }>>({
  type: 'object',
  additionalProperties: {
    type: ['string', 'object'],
    properties: { secureValueReference: { type: 'string', minLength: 1 } },
    required: ['secureValueReference'],
    ...closed,
  },
  description:
    'Variables whose values Azure shows nobody: the value as text, or {"secureValueReference": "<name>"} for one of secretReferences.',
});

const volumeMount = Type.Object(
  {
    name: text('The name of one of volumes.'),
    mountPath: text('An absolute path without a colon.'),
    readOnly: Type.Optional(Type.Boolean()),
  },
  closed,
);

const securityContext = Type.Object(
  {
    privileged: Type.Optional(Type.Boolean()),
    allowPrivilegeEscalation: Type.Optional(Type.Boolean()),
    capabilities: Type.Optional(
      Type.Object(
        { add: Type.Optional(texts('To give.')), drop: Type.Optional(texts('To take away.')) },
        closed,
      ),
    ),
    runAsGroup: Type.Optional(Type.Integer()),
    runAsUser: Type.Optional(Type.Integer()),
    seccompProfile: Type.Optional(text('Base64.')),
  },
  closed,
);

const probe = Type.Object(
  {
    exec: Type.Optional(Type.Object({ command: Type.Optional(texts('One string an argument.')) }, closed)),
    httpGet: Type.Optional(
      Type.Object(
        {
          path: Type.Optional(Type.String()),
          port: Type.Integer(),
          scheme: Type.Optional(oneOf(['http', 'https'], 'http without it.')),
          httpHeaders: Type.Optional(
            Type.Array(
              Type.Object(
                { name: Type.Optional(Type.String()), value: Type.Optional(Type.String()) },
                closed,
              ),
            ),
          ),
        },
        closed,
      ),
    ),
    initialDelaySeconds: Type.Optional(Type.Integer()),
    periodSeconds: Type.Optional(Type.Integer()),
    failureThreshold: Type.Optional(Type.Integer()),
    successThreshold: Type.Optional(Type.Integer()),
    timeoutSeconds: Type.Optional(Type.Integer()),
  },
  closed,
);

/** What init containers have too. */
export const anyContainer = {
  image: Type.Optional(text('May be left out only with containerGroupProfile, which then names the image.')),
  command: Type.Optional(
    Type.Array(Type.String(), {
      minItems: 1,
      description: "Replaces the image's entry point; one string an argument.",
    }),
  ),
  env: Type.Optional(env),
  secureEnv: Type.Optional(secureEnv),
  volumeMounts: Type.Optional(Type.Array(volumeMount)),
  securityContext: Type.Optional(securityContext),
};

export const container = {
  ...anyContainer,
  cpu: Type.Optional(Type.Number({ default: 1, description: 'Cores, in steps of 0.1.' })),
  memory: Type.Optional(Type.Number({ default: 1.5, description: 'GB, in steps of 0.1.' })),
  gpu: Type.Optional(gpu),
  limits: Type.Optional(
    Type.Object(
      {
        cpu: Type.Optional(Type.Number()),
        memoryInGB: Type.Optional(Type.Number()),
        gpu: Type.Optional(gpu),
      },
      {
        ...closed,
        description: 'The most that the container may use; cpu and memory are what it is sure of.',
      },
    ),
  ),
  livenessProbe: Type.Optional(probe),
  readinessProbe: Type.Optional(probe),
  configMap: Type.Optional(
    Type.Object({ keyValuePairs: Type.Optional(textMap('Settings by name.')) }, closed),
  ),
};

export const registry = Type.Object(
  {
    server: text('Such as example.azurecr.io.'),
    username: Type.Optional(Type.String()),
    password: Type.Optional(Type.String()),
    passwordReference: Type.Optional(text('The name of one of secretReferences.')),
    identity: Type.Optional(text('The resource id of a managed identity of the group that may pull.')),
    identityUrl: Type.Optional(Type.String()),
  },
  closed,
);

export const volume = Type.Object(
  {
    name: text('5–63 of a-z, 0-9 and inner hyphens.'),
    azureFile: Type.Optional(
      Type.Object(
        {
          shareName: text('The Azure Files share.'),
          storageAccountName: text('Its storage account.'),
          storageAccountKey: Type.Optional(Type.String()),
          storageAccountKeyReference: Type.Optional(text('The name of one of secretReferences.')),
          userAssignedIdentityClientId: Type.Optional(text('Of the identity that may mount it.')),
          readOnly: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
    emptyDir: Type.Optional(Type.Unsafe<Record<string, JsonValue>>({ type: 'object' })),
    secret: Type.Optional(textMap('Files by name, their content Base64-encoded.')),
    secretReference: Type.Optional(textMap('Files by name, each the name of one of secretReferences.')),
    gitRepo: Type.Optional(
      Type.Object(
        {
          repository: text('Its URL.'),
          directory: Type.Optional(Type.String()),
          revision: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
  },
  { ...closed, description: 'A name and exactly one kind.' },
);

export const identity = Type.Object(
  {
    type: oneOf(['SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned', 'None'], 'Which kinds.'),
    userAssignedIdentities: Type.Optional(
      Type.Unsafe<Record<string, Record<string, never>>>({
        type: 'object',
        additionalProperties: { type: 'object', ...closed },
        description: 'An empty object by each resource id.',
      }),
    ),
  },
  closed,
);

export const logAnalytics = Type.Object(
  {
    workspaceId: text('The workspace.'),
    workspaceKey: text('Its key.'),
    workspaceResourceId: Type.Optional(text('Its resource id.')),
    logType: Type.Optional(oneOf(['ContainerInsights', 'ContainerInstanceLogs'], 'Which table.')),
    metadata: Type.Optional(textMap('Kept beside each log.')),
  },
  closed,
);

export const extension = Type.Object(
  {
    name: text('Of the extension.'),
    properties: Type.Optional(
      Type.Object(
        {
          extensionType: text('Its type.'),
          version: text('Its version.'),
          settings: Type.Optional(Type.Unsafe<JsonValue>({})),
          protectedSettings: Type.Optional(Type.Unsafe<JsonValue>({})),
        },
        closed,
      ),
    ),
  },
  closed,
);

const access = oneOf(['All', 'System', 'User'], 'Who may use the identity.');

export const identityAcls = Type.Object(
  {
    defaultAccess: Type.Optional(access),
    acls: Type.Optional(
      Type.Array(
        Type.Object({ access: Type.Optional(access), identity: Type.Optional(Type.String()) }, closed),
      ),
    ),
  },
  closed,
);
