import { expect, test } from 'vitest';
import appRoles from '../../infra/appRoles.json' with { type: 'json' };
import { mayLaunchAny, mayRead, mayWrite } from '../../src/functions/access/access.ts';
import { bicepFile, objectsIn, valueAt } from './bicepObjects.ts';

const file = bicepFile('modules/functionApp.bicep');
const signIn = file.resources.find(({ type }) => type.startsWith('Microsoft.Web/sites/config@'))?.body;
const entraId = ['properties', 'identityProviders', 'azureActiveDirectory'];

test('sign-in says which audiences and applications it takes: without such a list every token was refused', () => {
  const audiences = valueAt(signIn, [...entraId, 'validation', 'allowedAudiences']);
  const applications = valueAt(signIn, [
    ...entraId,
    'validation',
    'defaultAuthorizationPolicy',
    'allowedApplications',
  ]);

  expect(audiences).toMatchObject({ kind: 'array', items: [{ name: 'signInClientId' }, { kind: 'string' }] });
  expect(applications).toMatchObject({
    kind: 'call',
    callee: { name: 'union' },
    given: [{ kind: 'array', items: [{ name: 'signInClientId' }] }, { name: 'givenCallers' }],
  });
});

test('requests without a token reach the app, which asks for a role where one is needed', () => {
  const action = valueAt(signIn, ['properties', 'globalValidation', 'unauthenticatedClientAction']);

  expect(action).toMatchObject({ parts: ['AllowAnonymous'] });
});

test('the app proves itself by its identity: the setting that is named for a client secret is the one with its client id', () => {
  const named = valueAt(signIn, [...entraId, 'registration', 'clientSecretSettingName']);
  const settings = file.variables.find(({ name }) => name === 'ofSignIn');
  const [object] = settings ? objectsIn(settings.value).filter(({ members }) => members.length > 0) : [];

  expect(object?.members).toMatchObject([
    { key: named?.kind === 'string' && named.parts[0], value: { name: 'identityClientId' } },
  ]);
});

test('the app roles that come along for the registration are those that the app asks for', () => {
  expect(appRoles.map(({ value }) => value).sort()).toEqual(
    [...mayRead, ...mayWrite, ...mayLaunchAny].sort(),
  );
  expect(new Set(appRoles.map(({ id }) => id)).size).toBe(appRoles.length);
});
