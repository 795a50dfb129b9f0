import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bicepFile, objectsIn, valueAt } from './bicepObjects.ts';

const root = join(import.meta.dirname, '../..');
const azureYaml = readFileSync(join(root, 'azure.yaml'), 'utf8');

test('azd finds the Function App by the tag with the name of its service', () => {
  const [, service] = /^services:\n {2}(\w+):/m.exec(azureYaml) ?? [];
  const app = bicepFile('modules/functionApp.bicep').resources.find(({ name }) => name === 'app')?.body;
  const [tagged] = app?.kind === 'object' ? app.members.filter(({ key }) => key === 'tags') : [];
  const tags = tagged?.value.kind === 'call' ? tagged.value.given.flatMap(objectsIn) : [];

  expect(tags.flatMap(({ members }) => members)).toMatchObject([
    { key: 'azd-service-name', value: { parts: [service] } },
  ]);
});

test('azd deploys what npm run stage makes, as it is', () => {
  expect(azureYaml).toMatch(/^ {4}dist: staging\b/m);
  expect(azureYaml).toMatch(/^ {4}remoteBuild: false$/m);
  expect(azureYaml.match(/run: npm run stage/g)).toHaveLength(2);
  expect(existsSync(join(root, '.funcignore'))).toBe(false); // one that leaves node_modules out breaks remoteBuild: false
});

test.each([
  ['the secret that seals and signs', 'modules/keyVault.bicep', 'secret'],
  ['the sample group, which a write would run', 'modules/sampleGroup.bicep', 'group'],
])('%s is never written over, whatever the machine that deploys knows of it', (_, file, name) => {
  const resource = bicepFile(file).resources.find((each) => each.name === name);

  expect(resource?.decorators.map((decorator) => decorator.name)).toEqual(['onlyIfNotExists']);
});

test('nobody deploys with the publishing password of the app', () => {
  const [policy] = bicepFile('modules/functionApp.bicep').resources.filter(({ type }) =>
    type.startsWith('Microsoft.Web/sites/basicPublishingCredentialsPolicies@'),
  );

  expect(valueAt(policy?.body, ['name'])).toMatchObject({ parts: ['scm'] });
  expect(valueAt(policy?.body, ['properties', 'allow'])).toMatchObject({ value: false });
});

test('each hook of azure.yaml is there, for sh and for PowerShell alike', () => {
  const named = [...azureYaml.matchAll(/run: \.\/(infra\/hooks\/\S+)/g)].map(([, path = '']) => path);

  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(named.filter((path) => path.endsWith('.sh')).map((path) => path.replace('.sh', '.ps1'))).toEqual(
    named.filter((path) => path.endsWith('.ps1')),
  );
});
