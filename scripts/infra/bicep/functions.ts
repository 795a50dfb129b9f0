/** What a function of Bicep gives, as far as the check follows it. */
export type FunctionShape = {
  least: number;
  most: number;
  gives: 'string' | 'int' | 'bool' | 'array' | 'object' | 'any';
};

const shape = (gives: FunctionShape['gives'], least: number, most = least): FunctionShape => ({
  least,
  most,
  gives,
});

/** The functions that may be called: https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions, those of use here. */
export const functions: Record<string, FunctionShape> = {
  base64: shape('string', 1),
  concat: shape('any', 1, Number.POSITIVE_INFINITY),
  contains: shape('bool', 2),
  empty: shape('bool', 1),
  environment: shape('object', 0),
  filter: shape('array', 2),
  format: shape('string', 1, Number.POSITIVE_INFINITY),
  guid: shape('string', 1, Number.POSITIVE_INFINITY),
  items: shape('array', 1),
  join: shape('string', 2),
  json: shape('any', 1),
  length: shape('int', 1),
  loadJsonContent: shape('any', 1, 3),
  loadTextContent: shape('string', 1, 2),
  map: shape('array', 2),
  replace: shape('string', 3),
  resourceGroup: shape('object', 0, 2),
  resourceId: shape('string', 2, Number.POSITIVE_INFINITY),
  split: shape('array', 2),
  string: shape('string', 1),
  subscription: shape('object', 0, 1),
  subscriptionResourceId: shape('string', 2, Number.POSITIVE_INFINITY),
  take: shape('any', 2),
  tenant: shape('object', 0),
  toLower: shape('string', 1),
  toObject: shape('object', 2, 3),
  trim: shape('string', 1),
  union: shape('any', 2, Number.POSITIVE_INFINITY),
  uniqueString: shape('string', 1, Number.POSITIVE_INFINITY),
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
