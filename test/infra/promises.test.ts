import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Expression } from '../../scripts/infra/bicep/ast.ts';
import { bicepFile, objectsIn, valueAt } from './bicepObjects.ts';
import { infra } from './infraCopy.ts';

const resource = (file: string, name: string) =>
  bicepFile(`modules/${file}.bicep`).resources.find((each) => each.name === name)?.body;
const shown = (expression: Expression | undefined): unknown =>
  expression?.kind === 'string'
    ? expression.parts.map((part) => (typeof part === 'string' ? part : `<${shown(part)}>`)).join('')
    : expression?.kind === 'name'
      ? expression.name
      : expression?.kind === 'member'
        ? `${shown(expression.of)}.${expression.name}`
        : expression?.kind === 'boolean'
          ? expression.value
          : expression?.kind === 'array'
            ? expression.items.map(shown)
            : expression?.kind;
const at = (file: string, name: string, ...path: string[]) =>
  shown(valueAt(resource(file, name), ['properties', ...path]));

test('keys and passwords open nothing: neither of the storage account, nor of Application Insights, nor without TLS', () => {
  expect(at('storage', 'account', 'allowSharedKeyAccess')).toBe(false);
  expect(at('storage', 'account', 'allowBlobPublicAccess')).toBe(false);
  expect(at('monitoring', 'applicationInsights', 'DisableLocalAuth')).toBe(true);
  expect(at('functionApp', 'app', 'httpsOnly')).toBe(true);
  expect(at('keyVault', 'vault', 'enableRbacAuthorization')).toBe(true);
});

test.each([
  ['jobsAccess', 'launcher.actions'],
  ['network', 'subnetJoin.actions'],
])('the role of %s has the actions of its list, and the launcher alone has the role', (file, actions) => {
  const [permission] = objectsIn(resource(file, 'role') as Expression).filter(({ members }) =>
    members.some(({ key }) => key === 'actions'),
  );

  expect(permission?.members.map(({ key, value }) => [key, shown(value)])).toEqual([['actions', actions]]);
  expect(at(file, 'assignment', 'principalId')).toBe('launcherPrincipalId');
  expect(at(file, 'assignment', 'roleDefinitionId')).toBe('role.id');
});

test('the app reads the vault, its package and its storage as the one identity that it has', () => {
  const settings = bicepFile('modules/functionApp.bicep').variables.find(({ name }) => name === 'always');
  const stored = shown(valueAt(resource('keyVault', 'secret'), ['name']));

  expect(at('functionApp', 'app', 'keyVaultReferenceIdentity')).toBe('identityId');
  expect(
    at(
      'functionApp',
      'app',
      ...['functionAppConfig', 'deployment', 'storage', 'authentication', 'userAssignedIdentityResourceId'],
    ),
  ).toBe('identityId');
  expect(
    ['APPLICATIONINSIGHTS_AUTHENTICATION_STRING', 'AzureWebJobsStorage__credential', 'LAUNCHER_SECRET'].map(
      (name) => shown(valueAt(settings?.value, [name])),
    ),
  ).toEqual([
    'ClientId=<identityClientId>;Authorization=AAD',
    'managedidentity',
    `@Microsoft.KeyVault(SecretUri=<keyVaultUri>secrets/${stored})`,
  ]);
});

test('sign-in is on, by tokens of this tenant and for this application alone', () => {
  const entraId = ['identityProviders', 'azureActiveDirectory'];

  expect(at('functionApp', 'signIn', 'platform', 'enabled')).toBe(true);
  expect(at('functionApp', 'signIn', ...entraId, 'enabled')).toBe(true);
  expect(at('functionApp', 'signIn', ...entraId, 'registration', 'openIdIssuer')).toMatch(/\/v2\.0$/);
  expect(at('functionApp', 'signIn', ...entraId, 'validation', 'allowedAudiences')).toEqual([
    'signInClientId',
    'api://<signInClientId>',
  ]);
});

test('what a hook or the next deployment takes from the azd environment is an answer of this one, a switch, or of azd', () => {
  const outputs = bicepFile('main.bicep').outputs.map(({ name }) => name);
  const parameters = readFileSync(join(infra, 'main.parameters.json'), 'utf8');
  const switches = [...parameters.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
  const given = ['AZURE_SUBSCRIPTION_ID', 'LASTEXITCODE']; // by azd, and by PowerShell
  const hooks = ['preprovision', 'postprovision', 'postdeploy'].flatMap((hook) =>
    ['sh', 'ps1'].map((shell) => readFileSync(join(infra, `hooks/${hook}.${shell}`), 'utf8')),
  );
  const read = hooks.flatMap((text) =>
    [...text.matchAll(/\$(?:env:|\{)?([A-Z][A-Z_]{3,})/g)].map(([, name = '']) => name),
  );

  expect(read.filter((name) => ![...outputs, ...switches, ...given].includes(name))).toEqual([]);
  expect(outputs).toEqual(
    expect.arrayContaining(['AZURE_RESOURCE_GROUP', 'SAMPLE_JOB', 'SAMPLE_EXISTS', 'LAUNCHER_SECRET_STORED']),
  );
  expect(switches).toEqual(expect.arrayContaining(['SAMPLE_JOB', 'SAMPLE_EXISTS', 'LAUNCHER_SECRET']));
});

test('the built-in roles are those of Azure', () => {
  // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
  expect(JSON.parse(readFileSync(join(infra, 'roles/builtIn.json'), 'utf8'))).toEqual({
    storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
    storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
    storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
    monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb',
    managedIdentityOperator: 'f1a07417-d97a-45cb-824c-7a7467783830',
    keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6',
    keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
  });
});
