import { afterAll, beforeAll, expect, test } from 'vitest';
import workflow from '../../infra/samples/logicApp.json' with { type: 'json' };
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { type App, post, startApp } from '../endToEnd/app.ts';
import { atOnce, createGroup, printEnv, subscriptionId } from '../endToEnd/groups.ts';

let emulator: Emulator;
let app: App;

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  await createGroup(emulator, 'hello', { command: printEnv });
  app = await startApp({
    arm: emulator,
    settings: {
      ACI_SUBSCRIPTION_ID: subscriptionId,
      ACI_RESOURCE_GROUP: 'jobs',
      ACI_CONTAINER_GROUP: 'hello',
    },
  });
});
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

/** Puts a value in the place of an expression in a string, as the engine of Logic Apps does. */
const evaluated = (text: string, expression: string, value: string) => {
  expect(text).toContain(`@{${expression}}`);
  return text.replace(`@{${expression}}`, value);
};

test('the sample Logic App calls a route that there is, with a body that its job takes, and asks of the answer what it has', async () => {
  const { method, uri, headers, body } = workflow.actions.launch.inputs;
  const url = evaluated(uri, "parameters('origin')", app.url);
  const key = evaluated(
    headers['idempotency-key'],
    'workflow().run.name',
    '08584000000000000000000000000CU00',
  );
  const answer = await post(url, body, { 'idempotency-key': key });

  expect(method).toBe('POST');
  expect(answer.status).toBe(202);
  const run = (await answer.json()) as object;
  expect(run).toMatchObject({
    job: 'default',
    env: [{ name: 'NAME', value: body.env.NAME }],
  });
  expect(answer.headers.get('location')).toMatch(/^http/); // which is what the HTTP action polls

  const asked = [
    ...JSON.stringify(workflow.actions.unlessItSucceeded).matchAll(/body\('launch'\)\?\['(\w+)'\]/g),
  ];
  expect(new Set(asked.map(([, member]) => member))).toEqual(new Set(['status', 'reason']));
  expect(Object.keys(run)).toEqual(expect.arrayContaining(['status', 'reason']));
});
