import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import listed from '../../infra/settings.json' with { type: 'json' };
import { readConfig } from '../../src/config.ts';
import { compileContract } from '../../src/jobs/contractCompiler.ts';
import { bicepFile, objectsIn } from './bicepObjects.ts';
import { infra } from './infraCopy.ts';

const file = bicepFile('modules/functionApp.bicep');

/** The settings that Bicep sets, in all cases together. */
const set = file.variables
  .filter(({ name }) => name === 'always' || /^of(?!Secrets)[A-Z]/.test(name))
  .flatMap(({ value }) => objectsIn(value))
  .flatMap(({ members }) => members.map(({ key }) => String(key)));

/** The settings that src/config.ts reads, by whatever kind of storage connection. */
const read = new Set<string>();
for (const values of [
  { AzureWebJobsStorage: 'UseDevelopmentStorage=true', ARM_CREDENTIAL: 'caller' },
  { AzureWebJobsStorage__accountName: 'account' },
] as const) {
  const env = new Proxy<NodeJS.ProcessEnv>(values, {
    get(given, name) {
      read.add(String(name));
      return Reflect.get(given, name);
    },
  });
  readConfig({ appRoot: join(infra, 'nowhere'), compileContract }, env);
}

describe('an app setting', () => {
  test('that Bicep sets is read by the app, or by the platform', () => {
    const unread = set.filter((name) => !read.has(name) && !Object.hasOwn(listed.ofThePlatform, name));

    expect(set.length).toBeGreaterThan(10);
    expect(unread).toEqual([]);
  });

  test('that the app reads is set by Bicep, by the platform, or left out for a reason', () => {
    const known = [...set, ...listed.setByThePlatform, ...Object.keys(listed.notSet)];

    expect([...read].filter((name) => !known.includes(name))).toEqual([]);
  });

  test('that is left out is none that Bicep sets, and one that the app reads', () => {
    for (const name of [...Object.keys(listed.notSet), ...listed.setByThePlatform]) {
      expect(set).not.toContain(name);
      expect([...read]).toContain(name);
    }
  });

  test('of the platform is one that Bicep sets', () => {
    expect(set).toEqual(expect.arrayContaining(Object.keys(listed.ofThePlatform)));
  });
});

test('the app starts with the settings as Bicep writes them', () => {
  const guid = '11111111-2222-3333-4444-555555555555';
  const given: Record<string, string> = {
    AzureWebJobsStorage__accountName: 'stabc',
    AzureWebJobsStorage__credential: 'managedidentity',
    AzureWebJobsStorage__clientId: guid,
    AZURE_CLIENT_ID: guid,
    ALLOWED_SCOPES: `/subscriptions/${guid}/resourceGroups/rg-dev-jobs`,
    LAUNCHER_SECRET: '0123456789abcdef'.repeat(4), // as the platform puts it in the place of the reference
    ACI_SUBSCRIPTION_ID: guid,
    ACI_RESOURCE_GROUP: 'rg-dev-jobs',
    ACI_CONTAINER_GROUP: 'hello',
    CALLBACK_HOSTS: 'hooks.example.org,*.example.com',
    WEBSITE_HOSTNAME: 'func-abc.azurewebsites.net',
  };
  const config = readConfig({ appRoot: join(infra, 'nowhere'), compileContract }, given);

  expect(Object.keys(given).filter((name) => !set.includes(name))).toEqual(['WEBSITE_HOSTNAME']);
  expect([...config.jobs.keys()]).toEqual(['default']);
  expect(config.storage.credential).toEqual({ kind: 'identity', clientId: guid });
});

test('no empty AzureWebJobsStorage, and nothing that Flex Consumption refuses, is set', () => {
  for (const name of [
    'AzureWebJobsStorage',
    'FUNCTIONS_WORKER_RUNTIME',
    'WEBSITE_RUN_FROM_PACKAGE',
    'SCM_DO_BUILD_DURING_DEPLOYMENT',
  ]) {
    expect(set).not.toContain(name);
  }
});
