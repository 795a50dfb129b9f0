/** What a function of Bicep gives, as far as the check follows it. */
export type FunctionShape = {
  least: number;
  most: number;
  gives: 'string' | 'int' | 'bool' | 'array' | 'object' | 'any';
  /** What its arguments are, the last for all that follow; left out where they may be several. */
  takes?: readonly ('string' | 'array' | 'object' | 'lambda')[];
};

const shape = (
  gives: FunctionShape['gives'],
  least: number,
  most = least,
  takes?: FunctionShape['takes'],
): FunctionShape => ({ least, most, gives, ...(takes && { takes }) });
const any = Number.POSITIVE_INFINITY;

/** The functions that may be called: https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions, those of use here. */
export const functions: Record<string, FunctionShape> = {
  base64: shape('string', 1, 1, ['string']),
  concat: shape('any', 1, any),
  contains: shape('bool', 2),
  empty: shape('bool', 1),
  environment: shape('object', 0),
  filter: shape('array', 2, 2, ['array', 'lambda']),
  format: shape('string', 1, any),
  guid: shape('string', 1, any, ['string']),
  items: shape('array', 1, 1, ['object']),
  join: shape('string', 2),
  json: shape('any', 1),
  length: shape('int', 1),
  loadJsonContent: shape('any', 1, 3),
  loadTextContent: shape('string', 1, 2),
  map: shape('array', 2, 2, ['array', 'lambda']),
  replace: shape('string', 3, 3, ['string']),
  resourceGroup: shape('object', 0, 2),
  resourceId: shape('string', 2, any, ['string']),
  split: shape('array', 2, 2, ['string']),
  string: shape('string', 1),
  subscription: shape('object', 0, 1),
  subscriptionResourceId: shape('string', 2, any, ['string']),
  take: shape('any', 2),
  tenant: shape('object', 0),
  toLower: shape('string', 1, 1, ['string']),
  toObject: shape('object', 2, 3, ['array', 'lambda']),
  trim: shape('string', 1, 1, ['string']),
  union: shape('any', 2, any),
  uniqueString: shape('string', 1, any, ['string']),
};

/** What the functions without arguments answer, as far as it is of use here. */
export const scopeFunctions: Record<string, unknown> = {
  environment: {
    name: '',
    resourceManager: '',
    authentication: { loginEndpoint: '', audiences: [''], tenant: '', identityProvider: '' },
    suffixes: { storage: '', keyvaultDns: '', acrLoginServer: '', sqlServerHostname: '' },
  },
  resourceGroup: { id: '', name: '', type: '', location: '', managedBy: '', tags: {}, properties: {} },
  subscription: { id: '', subscriptionId: '', tenantId: '', displayName: '', authorizationSource: '' },
  tenant: { tenantId: '', displayName: '', defaultDomain: '', countryCode: '', tenantCategory: '' },
};

/** What a decorator may stand before, and how many arguments it takes: https://learn.microsoft.com/azure/azure-resource-manager/bicep/file. */
export const decorators: Record<string, { before: readonly Decorated[]; takes: number }> = {
  allowed: { before: ['parameter'], takes: 1 },
  batchSize: { before: ['resource', 'module'], takes: 1 },
  description: { before: ['parameter', 'variable', 'resource', 'module', 'output'], takes: 1 },
  maxLength: { before: ['parameter', 'output'], takes: 1 },
  maxValue: { before: ['parameter', 'output'], takes: 1 },
  metadata: { before: ['parameter', 'output'], takes: 1 },
  minLength: { before: ['parameter', 'output'], takes: 1 },
  minValue: { before: ['parameter', 'output'], takes: 1 },
  onlyIfNotExists: { before: ['resource'], takes: 0 },
  secure: { before: ['parameter', 'output'], takes: 0 },
};

export type Decorated = 'parameter' | 'variable' | 'resource' | 'module' | 'output';
