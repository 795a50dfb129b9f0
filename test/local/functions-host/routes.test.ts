import { expect, test } from 'vitest';
import { buildRoutes, findRoute } from '../../../local/functions-host/routes.ts';

function httpFunction(name: string, route: string, methods: string[] = ['GET']) {
  const bindings = { httpTrigger1: { type: 'httpTrigger', route, methods, authLevel: 'anonymous' } };
  return { metadata: { name, bindings }, callback: () => undefined };
}

test('functions are tried by name, ignoring case, so a parameter can hide a literal', () => {
  const routes = buildRoutes(
    [httpFunction('b-literal', 'jobs/all'), httpFunction('A-any', 'jobs/{job}')],
    'api',
  );
  expect(routes.map(({ name }) => name)).toEqual(['A-any', 'b-literal']);
  expect(findRoute(routes, 'GET', ['api', 'jobs', 'all'])).toMatchObject({
    route: { name: 'A-any' },
    params: { job: 'all' },
  });
});

test('a route of another method is passed over', () => {
  const routes = buildRoutes([httpFunction('a', 'x', ['POST']), httpFunction('b', 'x', ['get'])], 'api');
  expect(findRoute(routes, 'GET', ['api', 'x'])?.route.name).toBe('b');
  expect(findRoute(routes, 'DELETE', ['api', 'x'])).toBeUndefined();
});

test('a function without a route is found under its name, and an empty prefix adds nothing', () => {
  const routes = buildRoutes([httpFunction('Hello', '')], '');
  expect(findRoute(routes, 'GET', ['hello'])?.route.route).toBe('/Hello');
});

test.each(['admin/x', '/admin', 'Administrators', 'runtime/webhooks'])(
  'the route %s is kept for the host',
  (route) => {
    expect(() => buildRoutes([httpFunction('mine', route)], 'api')).toThrow(
      `The 'mine' function is in error: its route '${route}' conflicts with one or more built in routes.`,
    );
  },
);

test('two functions cannot claim the same calls', () => {
  const rivals = [httpFunction('a', 'x/{id}', ['GET', 'POST']), httpFunction('b', 'X/{id}', ['POST'])];
  expect(() => buildRoutes(rivals, 'api')).toThrow(
    "The 'b' function is in error: its route conflicts with that of the function 'a'.",
  );
});

test('a malformed template names its function', () => {
  expect(() => buildRoutes([httpFunction('a', '{id:nosuch}')], 'api')).toThrow(
    "The 'a' function is in error",
  );
});

test('an unknown authLevel is refused', () => {
  const bindings = { t: { type: 'httpTrigger', authLevel: 'everyone' } };
  expect(() =>
    buildRoutes([{ metadata: { name: 'a', bindings }, callback: () => undefined }], 'api'),
  ).toThrow("'everyone' is not an authLevel");
});
