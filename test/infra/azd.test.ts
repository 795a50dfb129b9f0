import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bicepFile, objectsIn } from './bicepObjects.ts';

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

test('each hook of azure.yaml is there, for sh and for PowerShell alike', () => {
  const named = [...azureYaml.matchAll(/run: \.\/(infra\/hooks\/\S+)/g)].map(([, path = '']) => path);

  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(named.filter((path) => path.endsWith('.sh')).map((path) => path.replace('.sh', '.ps1'))).toEqual(
    named.filter((path) => path.endsWith('.ps1')),
  );
});
