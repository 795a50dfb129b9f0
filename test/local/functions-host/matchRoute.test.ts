import { describe, expect, test } from 'vitest';
import { matchRoute } from '../../../local/functions-host/matchRoute.ts';
import { decodePath } from '../../../local/functions-host/requestPath.ts';
import { parseRouteTemplate } from '../../../local/functions-host/routeTemplate.ts';

function match(template: string, pathname: string) {
  return matchRoute(parseRouteTemplate(template), decodePath(pathname) ?? []);
}

describe('a route template takes a path', () => {
  test.each([
    ['api/health', '/api/health', {}],
    ['api/health', '/API/Health/', {}],
    ['', '/', {}],
    ['jobs/{job}', '/jobs/Nightly', { job: 'Nightly' }],
    ['jobs/{job}/runs', '/jobs/a%20b/runs', { job: 'a b' }],
    ['jobs/{job}', '/jobs/a%2Fb', { job: 'a%2Fb' }],
    ['jobs/{job}', '/jobs/a%2fb%c3%a9', { job: 'a%2fbé' }],
    ['jobs/{job}', '/jobs/100%', { job: '100%' }],
    ['jobs/{job}', '/jobs/%zz%ff', { job: '%zz%ff' }],
    ['jobs/{job}', '/jobs/__proto__', { job: '__proto__' }],
    ['jobs/{job?}', '/jobs', {}],
    ['jobs/{job?}', '/jobs/a', { job: 'a' }],
    ['jobs/{job:int?}', '/jobs', {}],
    ['jobs/{page=1}', '/jobs', { page: '1' }],
    ['jobs/{page:int=1}', '/jobs/2', { page: '2' }],
    ['files/{*path}', '/files', {}],
    ['files/{*path}', '/files/a/b.txt', { path: 'a/b.txt' }],
    ['files/{**path:regex(^a/)}', '/files/a/b', { path: 'a/b' }],
    ['{name}.{extension}', '/a.tar.gz', { name: 'a.tar', extension: 'gz' }],
    ['v{major:int}-{minor:int}', '/v1-22', { major: '1', minor: '22' }],
    ['{{literal}}/{x}', '/{literal}/1', { x: '1' }],
    ['a+(b)/{x}', '/a+(b)/1', { x: '1' }],
  ])('%s takes %s', (template, path, params) => {
    expect(match(template, path)).toEqual(params);
  });

  test.each([
    ['api/health', '/api/healthy'],
    ['api/health', '/api'],
    ['api/health', '/api/health/more'],
    ['api/health', '/api//health'],
    ['jobs/{job}', '/jobs'],
    ['jobs/{job}', '/jobs//'],
    ['jobs/{job}/runs', '/jobs//runs'],
    ['jobs/{job}', '/jobs/a/b'],
    ['files/{*path:int}', '/files'],
    ['v{major:int}', '/vone'],
  ])('%s does not take %s', (template, path) => {
    expect(match(template, path)).toBeUndefined();
  });
});

describe('a constraint', () => {
  test.each([
    ['int', ['0', '-7', '+7', '2147483647'], ['', 'x', '1.5', '2147483648', '0x1']],
    ['long', ['9223372036854775807', '-9223372036854775808'], ['9223372036854775808', 'x']],
    ['bool', ['true', 'FALSE'], ['yes', '1']],
    [
      'guid',
      [
        '0f07d8bf-ca53-4251-97e9-655a8f74fc95',
        '{0F07D8BFCA53-4251-97E9-655A8F74FC95}'.replace('BFCA', 'BF-CA'),
      ],
      ['0f07d8bf', '0f07d8bf-ca53-4251-97e9-655a8f74fc95x', '(0f07d8bf-ca53-4251-97e9-655a8f74fc95}'],
    ],
    ['alpha', ['abC'], ['a1', 'é']],
    ['datetime', ['2026-11-21'], ['soon']],
    ['double', ['1.5', '-2e3'], ['x', ' ']],
    ['length(3)', ['abc'], ['ab', 'abcd']],
    ['length(1,3)', ['a', 'abc'], ['abcd']],
    ['minlength(2)', ['ab'], ['a']],
    ['maxlength(2)', ['ab'], ['abc']],
    ['min(18)', ['18'], ['17', 'x']],
    ['max(18)', ['18', '-1'], ['19']],
    ['range(1,9)', ['1', '9'], ['0', '10']],
    ['regex(^[a-z]{{2}}:(x|y)$)', ['ab:x', 'AB:Y'], ['abc:x', 'ab:z']],
    ['minlength(2):maxlength(3):alpha', ['ab', 'abc'], ['a', 'abcd', 'a1']],
  ])('%s holds its parameter to its word', (constraint, taken, refused) => {
    const template = `{value:${constraint}}`;
    for (const value of taken) {
      expect(match(template, `/${encodeURIComponent(value)}`), value).toEqual({ value });
    }
    for (const value of refused) {
      expect(match(template, `/${encodeURIComponent(value)}`), value).toBeUndefined();
    }
  });
});

describe('a template that ASP.NET Core would not take', () => {
  test.each([
    ['{id:nosuch}', "'nosuch' is not a route constraint"],
    ['{id:constructor}', "'constructor' is not a route constraint"],
    ['{id:length(x)}', "'x' is not a whole number"],
    ['{id:regex(()}', 'is wrong'],
    ['{id:regex(^a{2}$)}', 'a literal brace is doubled'],
    ['a/{id', 'brace'],
    ['a}/b', 'brace'],
    ['{}', 'brace'],
    ['{*rest}/b', 'not in the last segment'],
    ['{a}/{A}', 'occurs twice'],
    ['a//b', 'empty segment'],
    ['a{b?}', 'segment of its own'],
  ])('%s is refused', (template, why) => {
    expect(() => parseRouteTemplate(template)).toThrow(why);
  });
});

test('a path with a null character is refused whole', () => {
  expect(decodePath('/jobs/a%00b')).toBeUndefined();
});
