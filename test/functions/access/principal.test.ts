import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { principalOf, startedBy } from '../../../src/functions/access/principal.ts';
import { requestOf } from '../call.ts';
import { application, applicationClaims, principalHeader } from './principals.ts';

const read = (headers: Record<string, string>, easyAuth = true) =>
  principalOf(requestOf({ headers }), { easyAuth });

describe('the principal of a request', () => {
  test('is who Easy Auth says, with its app roles', () => {
    expect(read(principalHeader({ roles: ['Runs.Launch', 'Containers.Read', 'Runs.Launch'] }))).toEqual({
      ...application,
      roles: ['Runs.Launch', 'Containers.Read'],
    });
  });

  test('is read from the short claims of a token of version 2, and from mapped ones', () => {
    const claims = [
      { typ: 'azp', val: 'an-app' },
      { typ: 'oid', val: 'an-object' },
      { typ: 'tid', val: 'a-tenant' },
      { typ: 'preferred_username', val: 'ada@example.org' },
      { typ: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role', val: 'Mapped' },
      { typ: 'groups', val: 'Runs.Launch' },
    ];

    expect(read(principalHeader({ claims }))).toEqual({
      appId: 'an-app',
      objectId: 'an-object',
      tenantId: 'a-tenant',
      name: 'ada@example.org',
      roles: ['Mapped'],
    });
  });

  test('has the name and the roles of the claim types that the header names itself', () => {
    const claims = [
      { typ: 'nickname', val: 'Ada'.padEnd(1_000, '!') },
      { typ: 'post', val: 'Containers.Write' },
    ];

    expect(read(principalHeader({ claims, over: { name_typ: 'nickname', role_typ: 'post' } }))).toEqual({
      name: 'Ada'.padEnd(256, '!'),
      roles: ['Containers.Write'],
    });
  });

  test('is nobody where the platform does not say that Easy Auth is on: anybody may write a header', () => {
    expect(read(principalHeader({ roles: ['Runs.Launch'] }), false)).toBeUndefined();
  });

  test.each([
    ['no header', {}],
    ['another identity provider', principalHeader({ over: { auth_typ: 'github' } })],
    ['no claims', principalHeader({ over: { claims: undefined } })],
    ['claims that are no list', principalHeader({ over: { claims: { typ: 'roles', val: 'Runs.Launch' } } })],
    ['what is no JSON', { 'x-ms-client-principal': Buffer.from('roles').toString('base64') }],
    ['JSON that is no object', { 'x-ms-client-principal': Buffer.from('[1]').toString('base64') }],
    [
      'two headers, joined',
      {
        'x-ms-client-principal': Object.values({ ...principalHeader() })
          .concat('e30=')
          .join(', '),
      },
    ],
    ['nothing in it', { 'x-ms-client-principal': '' }],
  ])('is nobody with %s', (_, headers) => {
    expect(read(headers as Record<string, string>)).toBeUndefined();
  });

  test('leaves out claims of a shape that Entra does not write', () => {
    const claims = [null, 7, { typ: 'roles' }, { typ: 'roles', val: 7 }, { typ: 'roles', val: 'Kept' }];

    expect(read(principalHeader({ claims: claims as never }))).toEqual({ roles: ['Kept'] });
  });

  test('is somebody or nobody, whatever stands there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.boolean(), (text, isEncoded) => {
        const header = isEncoded
          ? Buffer.from(text).toString('base64')
          : Buffer.from(text)
              .toString('latin1')
              .replaceAll(/[^!-~]/g, '');
        expect(['undefined', 'object']).toContain(typeof read({ 'x-ms-client-principal': header }));
      }),
    );
  });
});

describe('what started a run', () => {
  test('is the route and, where it is known, who; roles are not kept', () => {
    const request = requestOf({
      headers: principalHeader({ roles: ['Runs.Launch'], claims: applicationClaims }),
    });

    expect(startedBy('POST jobs/nightly/runs', request, { easyAuth: true })).toEqual({
      via: 'POST jobs/nightly/runs',
      principal: application,
    });
    expect(startedBy('POST jobs/nightly/runs', request, { easyAuth: false })).toEqual({
      via: 'POST jobs/nightly/runs',
    });
  });
});
