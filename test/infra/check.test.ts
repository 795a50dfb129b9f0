import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Expression, Member } from '../../scripts/infra/bicep/ast.ts';
import { copyInfra, faults, infra, project } from './infraCopy.ts';

const { faultsAfter, remove } = copyInfra();
afterAll(remove);

test('infra/ has no fault that shows without the compiler of Bicep', () => {
  expect(faults).toEqual([]);
  expect(project.files.size).toBeGreaterThan(10);
});

describe('the check finds', () => {
  test.each([
    [
      'a misspelt property',
      'modules/functionApp.bicep',
      'httpsOnly',
      'httpOnly',
      "'properties.httpOnly'; did you mean 'httpsOnly'?",
    ],
    [
      'a missing required property',
      'modules/sampleGroup.bicep',
      "    osType: 'Linux'\n",
      '',
      "'osType' is missing in 'properties'",
    ],
    ['a wrong word', 'modules/sampleGroup.bicep', "'Never'", "'Nevr'", "did you mean 'Never'?"],
    [
      'a number for a string',
      'modules/functionApp.bicep',
      "version: '24'",
      'version: 24',
      'is int, which is not string',
    ],
    [
      'an object for an array',
      'modules/eventGrid.bicep',
      'includedEventTypes: empty(eventTypes) ? null : eventTypes',
      'includedEventTypes: { a: secret }',
      "'properties.filter.includedEventTypes' is object, which is not array",
    ],
    [
      'what only Azure writes',
      'modules/functionApp.bicep',
      'httpsOnly: true',
      "state: 'Running'",
      "'properties.state' is written by Azure alone",
    ],
    [
      'a wrong variant',
      'modules/functionApp.bicep',
      "'authsettingsV2'",
      "'authsettingV2'",
      "did you mean 'authsettingsV2'?",
    ],
    [
      'an undeclared name',
      'modules/storage.bicep',
      'tags: tags',
      'tags: tag',
      "'tag' is not declared; did you mean 'tags'?",
    ],
    [
      'an unused parameter',
      'modules/identity.bicep',
      'param name string',
      "param name string\nparam more string = ''",
      "Nothing uses 'more'",
    ],
    [
      'an unused variable',
      'main.bicep',
      "var sampleName = 'hello'",
      "var sampleName = 'hello'\nvar more = 1",
      "Nothing uses 'more'",
    ],
    [
      'a name declared twice',
      'main.bicep',
      "var sampleName = 'hello'",
      "var sampleName = 'hello'\nvar location = 1",
      'declared twice',
    ],
    [
      'a parameter that a module lacks',
      'main.bicep',
      'callbackHosts: callbackHosts',
      'callbackHost: callbackHosts',
      "no parameter 'callbackHost'; did you mean 'callbackHosts'?",
    ],
    [
      'a parameter that a module must have',
      'main.bicep',
      '    callbackHosts: callbackHosts\n',
      '',
      "needs the parameter 'callbackHosts'",
    ],
    [
      'a parameter of the wrong kind',
      'main.bicep',
      'instanceMemoryMB: instanceMemoryMB',
      'instanceMemoryMB: location',
      'is string, which is not int',
    ],
    [
      'a secret for a parameter that is none',
      'modules/keyVault.bicep',
      '@secure()\n',
      '',
      'is given a secret, and is not @secure',
    ],
    [
      'an output that a module lacks',
      'main.bicep',
      'storage.outputs.name',
      'storage.outputs.nam',
      "no member 'nam'; did you mean 'name'?",
    ],
    [
      'a module without the scope that it needs',
      'main.bicep',
      "  scope: appGroup\n  name: 'storage'",
      "  name: 'storage'",
      "needs a 'scope'",
    ],
    [
      'a module file that is not there',
      'main.bicep',
      'modules/storage.bicep',
      'modules/storages.bicep',
      'There is no file',
    ],
    [
      'a member that a JSON file lacks',
      'modules/storage.bicep',
      'roles.storageBlobDataOwner',
      'roles.storageBlobOwner',
      "no member 'storageBlobOwner'",
    ],
    [
      'a property that a resource lacks',
      'modules/keyVault.bicep',
      'vault.properties.vaultUri',
      'vault.properties.vaultUrl',
      "did you mean 'vaultUri'?",
    ],
    ['an unknown function', 'modules/storage.bicep', 'guid(', 'giud(', "no function 'giud'"],
    [
      'too few arguments',
      'modules/functionApp.bicep',
      "replace(each, '_', '-')",
      "replace(each, '_')",
      'replace takes 3 arguments, not 2',
    ],
    [
      'an unknown decorator',
      'main.bicep',
      '@minLength(1)\n@maxLength',
      '@minLenght(1)\n@maxLength',
      "did you mean 'minLength'?",
    ],
    [
      'an unknown decorator of a resource',
      'modules/sampleGroup.bicep',
      '@onlyIfNotExists()',
      '@onlyIfNotExist()',
      "did you mean 'onlyIfNotExists'?",
    ],
    [
      'a decorator that does not belong there',
      'main.bicep',
      "module storage 'm",
      "@secure()\nmodule storage 'm",
      "'@secure' stands before a module",
    ],
    [
      'a decorator without what it takes',
      'main.bicep',
      '@minLength(1)\n@maxLength',
      '@minLength()\n@maxLength',
      "'@minLength' takes 1 arguments, not 0",
    ],
    [
      'a variable that is made from itself',
      'main.bicep',
      "var sampleName = 'hello'",
      'var sampleName = other\nvar other = sampleName',
      "'sampleName' is made from itself",
    ],
    [
      'an output that is declared twice',
      'modules/identity.bicep',
      'output id string',
      "output name string = 'a'\noutput id string",
      "The output 'name' is declared twice",
    ],
    [
      'a parameter of a module that is given twice',
      'main.bicep',
      '    email: alertEmail\n',
      '    email: alertEmail\n    email: alertEmail\n',
      "'email' is there twice",
    ],
    [
      'two modules that are one deployment',
      'main.bicep',
      "name: 'monitoring'",
      "name: 'storage'",
      "Another module has the name of 'storage'",
    ],
    [
      'a module whose scope is none',
      'main.bicep',
      "  scope: appGroup\n  name: 'storage'",
      "  scope: monitoring\n  name: 'storage'",
      'The scope of a module is a resource group',
    ],
    [
      'a resource whose scope is an id',
      'modules/storage.bicep',
      'scope: account\n',
      'scope: account.id\n',
      "The scope of 'assignments' is no resource",
    ],
    [
      'the scope of what is no extension',
      'modules/keyVault.bicep',
      '  name: name\n',
      '  scope: reader\n  name: name\n',
      'is no extension of another resource',
    ],
    [
      'a dependency that is no resource',
      'main.bicep',
      "  name: 'storage'\n",
      "  name: 'storage'\n  dependsOn: ['monitoring']\n",
      "'dependsOn' has names of resources and modules",
    ],
    [
      'a condition that is no bool',
      'main.bicep',
      '= if (virtualNetwork)',
      '= if (location)',
      'A condition is string, which is not bool',
    ],
    [
      'an argument of the wrong kind',
      'modules/functionApp.bicep',
      "split(secretSettings, ',')",
      'split(secretSettings, 3)',
      'split is given int, which is not string',
    ],
    [
      'a property that a resource lacks, in brackets',
      'modules/functionApp.bicep',
      'app.properties.defaultHostName',
      "app['propertis'].defaultHostName",
      "did you mean 'properties'?",
    ],
    [
      'a default that uses more than parameters',
      'modules/identity.bicep',
      'param location string',
      'param location string = identity.location',
      "uses 'identity', and may use parameters alone",
    ],
    ['an escape that Bicep does not know', 'main.bicep', "'hello'", "'hel\\lo'", 'There is no escape'],
    [
      'a secret inside the text of an output',
      'main.bicep',
      'string = keyVaultName',
      "string = format('{0}{1}', keyVaultName, launcherSecret)",
      "The output 'KEY_VAULT_NAME' shows a secret",
    ],
    [
      "a vault's secret that no parameter is given",
      'modules/keyVault.bicep',
      "contentType: 'text/plain'",
      "contentType: vault.getSecret('other')",
      'getSecret may only be what a parameter of a module is given',
    ],
    [
      'a default in the parameters file that does not fit',
      'main.parameters.json',
      'SAMPLE_JOB=true',
      'SAMPLE_JOB=yes',
      "'sampleJob' is 'yes' by default, which is not bool",
    ],
    [
      'a value in the parameters file that azd does not fill in',
      'main.parameters.json',
      'SAMPLE_JOB=true}',
      'SAMPLE_JOB=true',
      "'sampleJob' has no value",
    ],
    [
      'a name that is known too late',
      'main.bicep',
      "name: 'alerts'",
      'name: storage.outputs.name',
      'not known when the deployment starts',
    ],
    [
      'a condition that is known too late',
      'main.bicep',
      'if (!empty(alertEmail))',
      'if (empty(storage.outputs.name) && !empty(alertEmail))',
      'not known when the deployment starts',
    ],
    ['a wrong parent', 'modules/storage.bicep', 'parent: blobs', 'parent: account', 'The parent of a'],
    ['a missing parent', 'modules/eventGrid.bicep', '  parent: topic\n', '', "needs its 'parent'"],
    [
      'a resource in the wrong scope',
      'modules/storage.bicep',
      'metadata description',
      "targetScope = 'subscription'\nmetadata description",
      'cannot be deployed to a subscription',
    ],
    ['an unknown resource type', 'modules/storage.bicep', 'blobServices@', 'blobService@', 'No type of'],
    [
      'a bracket too few',
      'modules/identity.bicep',
      'location: location\n',
      'location: (location\n',
      "')' is missing",
    ],
    [
      'members that run together',
      'modules/identity.bicep',
      'location: location\n  tags',
      'location: location tags',
      'comma or a new line',
    ],
    [
      'a parameter of no name in the parameters file',
      'main.parameters.json',
      '"alertEmail"',
      '"alertMail"',
      "did you mean 'alertEmail'?",
    ],
    [
      'a parameter that the parameters file lacks',
      'main.parameters.json',
      / *"location".*\n/,
      '',
      "needs the parameter 'location'",
    ],
  ])('%s', (_, file, from, to, message) => {
    expect(faultsAfter(file, (text) => text.replace(from, to)).join('\n')).toContain(message);
  });
});

/** Keys of the objects in an expression. */
function keysIn(expression: Expression): Member[] {
  switch (expression.kind) {
    case 'object':
      return expression.members.flatMap((member) => [
        ...(typeof member.key === 'string' ? [member] : []),
        ...keysIn(member.value),
      ]);
    case 'array':
      return expression.items.flatMap(keysIn);
    case 'for':
    case 'if':
    case 'lambda':
      return keysIn(expression.body);
    case 'ternary':
      return [expression.consequence, expression.alternative].flatMap(keysIn);
    case 'call':
      return expression.given.flatMap(keysIn);
    default:
      return [];
  }
}

test('no letter of a property can be wrong unseen, but where Azure takes any name', {
  timeout: 120_000,
}, () => {
  const unseen: string[] = [];
  for (const file of project.files.values()) {
    const members = [...file.resources, ...file.modules].flatMap(({ body }) => keysIn(body));
    for (const { key, line, column } of members) {
      const found = faultsAfter(file.path, (text) => {
        const lines = text.split('\n');
        const [before, after] = [lines[line - 1]?.slice(0, column - 1), lines[line - 1]?.slice(column - 1)];
        lines[line - 1] = `${before}${after?.replace(/[A-Za-z]/, (letter) => (letter === 'q' ? 'w' : 'q'))}`;
        return lines.join('\n');
      });
      found.length > 0 || unseen.push(`${file.path}: ${key}`);
    }
  }
  // A tag that azd reads, and the parameters of a workflow's definition, which the test below holds to it.
  expect(unseen).toEqual([
    'modules/functionApp.bicep: azd-service-name',
    'modules/logicApp.bicep: origin',
    'modules/logicApp.bicep: audience',
  ]);
});

test('the parameters of the sample workflow are those that its definition declares', () => {
  const { parameters } = JSON.parse(readFileSync(join(infra, 'samples/logicApp.json'), 'utf8'));
  const [workflow] = project.files.get('modules/logicApp.bicep')?.resources ?? [];
  const given = workflow
    ? keysIn(workflow.body)
        .filter(({ value }) => value.kind === 'object')
        .map(({ key }) => key)
    : [];

  expect(given).toEqual(expect.arrayContaining(Object.keys(parameters)));
});
