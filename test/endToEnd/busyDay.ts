import type { Emulator } from '../../local/aci/emulator.ts';
import { patiently } from '../until.ts';
import type { Canaries } from './canaries.ts';
import { groupPath, subscriptionId } from './groups.ts';
import type { SecretSettings } from './guardedGroup.ts';

export type Answer = { body: { id: string; status: string; links: { result: string } } };
export type SendOptions = { headers?: Record<string, string>; url?: string; key?: string };

/** Who takes part in the day. */
export type Cast = {
  canaries: Canaries;
  settings: SecretSettings;
  emulator: Emulator;
  callbackOrigin: string;
  masterKey: string;
  /** An app of the same groups that acts with the tokens of its callers. */
  callerUrl: string;
  /** @param path of the app, or a whole URL. @param body sent as it is when it is text, else as JSON. */
  send: (method: string, path: string, body?: unknown, options?: SendOptions) => Promise<Answer>;
  /** Puts a message into a queue of the app. */
  sendMessage: (queue: string, text: string) => Promise<void>;
};

/** A message of somebody else, in which there is what there is; nobody is to repeat it. */
const foreign = 'a foreign message';

/** Everything that the app can be asked for, and be refused, with a new secret wherever one can come in. */
export async function aBusyDay(cast: Cast): Promise<void> {
  const { canaries, settings, emulator, callbackOrigin, masterKey, callerUrl, send, sendMessage } = cast;
  const { secret, plainSecret } = canaries;
  const launch = (body: object, headers?: Record<string, string>) =>
    send('POST', '/api/jobs/guarded/runs', body, headers && { headers });
  const runPath = (id: string) => `${groupPath('guarded')}/runs/${id}`;

  /** The run once it is in one of these states. */
  function shownAs(id: string, ...wanted: string[]): Promise<Answer['body']> {
    const look = async () => {
      const { body } = await send('GET', runPath(id));
      return wanted.includes(body.status) && body;
    };
    return patiently(40, look);
  }
  const over = (id: string) => shownAs(id, 'Succeeded', 'Failed', 'Canceled');

  const secureRequest = (name: string) => ({
    secureEnv: { ONCE: secret(`secureEnv of ${name}`) },
    containers: { main: { secureEnv: { TWICE: secret(`containers.main.secureEnv of ${name}`) } } },
  });
  const callbackTo = (name: string, status: number) =>
    `${callbackOrigin}/${plainSecret(`callback path of ${name}`)}/${status}?sig=${plainSecret(`callback query of ${name}`)}`;

  async function runsThatEnd(): Promise<void> {
    const first = { ...secureRequest('a run'), callbackUrl: callbackTo('a run', 200) };
    await launch({ ...first, dryRun: true });
    const { body } = await launch(first, { 'idempotency-key': plainSecret('an Idempotency-Key') });
    await over(body.id);
    for (const path of [
      runPath(body.id),
      `${runPath(body.id)}/logs`,
      `${groupPath('guarded')}/runs`,
      groupPath('guarded'),
    ]) {
      await send('GET', path);
    }
    for (const path of [
      '/api/jobs',
      '/api/jobs/guarded',
      '/api/jobs/guarded/runs',
      '/api/azure/containers',
      '/api/health',
    ]) {
      await send('GET', path);
    }
    await send('GET', body.links.result);
    await send('GET', `${groupPath('guarded')}/logs?code=${masterKey}`, undefined, { key: '' });

    const { callbackUrl: _, ...again } = first;
    await send('POST', `${runPath(body.id)}/rerun`, {});
    const rerun = await send('POST', `${runPath(body.id)}/rerun`, {
      ...again,
      callbackUrl: callbackTo('a rerun', 410),
    });
    await over(rerun.body.id);

    const copies = await launch({
      ...secureRequest('a clone'),
      mode: 'clone',
      tasks: 2,
      ttlSeconds: 0,
      tags: { of: 'a clone' },
    });
    await over(copies.body.id);

    const query = plainSecret('trigger query');
    const payload = { deep: { token: secret('trigger payload') } };
    const headers = { 'x-secret': plainSecret('trigger header') };
    const triggered = await send('POST', `/api/jobs/mapped/trigger?secret=${query}`, payload, { headers });
    await over(triggered.body.id);
    const wrong = { headers: { 'x-secret': plainSecret('wrong trigger header') } };
    await send(
      'POST',
      `/api/jobs/mapped/trigger?secret=x${plainSecret('wrong trigger query')}`,
      payload,
      wrong,
    );
    const listed = { deep: { token: [secret('trigger list')] } };
    const taken = await send('POST', `/api/jobs/mapped/trigger?secret=${query}`, listed, wrong);
    await over(taken.body.id);
  }

  async function runsThatWait(): Promise<void> {
    const long = { env: { LASTS: '600000' } };
    const running = await launch({
      ...long,
      ...secureRequest('a long run'),
      callbackUrl: callbackTo('a long run', 503),
    });
    const queued = await launch({ ...secureRequest('a queued run'), ifRunning: 'queue' });
    await launch({ ...secureRequest('a rejected run') });
    await send('POST', `${runPath(queued.body.id)}/cancel`);
    await shownAs(running.body.id, 'Running');
    const replacing = await launch({ ...secureRequest('a replacing run'), ifRunning: 'replace' });
    await over(running.body.id);
    await over(replacing.body.id);
  }

  /** Azure refuses a PUT, and quotes whatever was in it. */
  async function whatAzureQuotes(): Promise<void> {
    const ofJob = Object.values(settings).slice(0, 6);
    const quoting = (values: string[], code: string, status: number, times = 1) =>
      emulator.faults.add({
        action: 'error',
        method: 'PUT',
        status,
        code,
        times,
        message: `Bad: ${values.join(' ')}, ${JSON.stringify(values)}`,
      });
    const asked = secureRequest('a refused run');
    const values = [asked.secureEnv.ONCE, asked.containers.main.secureEnv.TWICE, ...ofJob];
    quoting(values, 'InvalidThing', 400);
    await launch(asked);
    for (const [code, status] of [
      ['ContainerGroupTransitioning', 409],
      ['ServiceUnavailable', 409],
      ['TooManyOfThem', 429],
    ] as const) {
      quoting(values, code, status);
      const { body } = await launch({ ...asked, callbackUrl: callbackTo(code, 200) });
      await send('GET', runPath(body.id ?? 'none'));
      await send('POST', `${runPath(body.id ?? 'none')}/cancel`);
      await patiently(
        40,
        async () => (await send('GET', runPath(body.id ?? 'none'))).body.status !== 'NotStarted',
      );
    }
    const held = await launch({});
    const behind = await launch({
      ...asked,
      ifRunning: 'queue',
      callbackUrl: callbackTo('a run refused later', 200),
    });
    quoting(values, 'InvalidThing', 400);
    await over(held.body.id);
    await over(behind.body.id);
    emulator.faults.clear();
  }

  async function whatIsRefused(): Promise<void> {
    await launch({ secureEnv: { ONCE: { deep: secret('an object in secureEnv') } } });
    await launch({ secureEnv: [secret('a list as secureEnv')] });
    await launch({ secureEnv: secret('text as secureEnv') });
    await launch({ secureEnv: { '1X': secret('the value of a bad name'), TOKEN: 'x' } });
    await launch({ callbackUrl: `https://example.org/${plainSecret('a callback elsewhere')}` });
    await launch({ callbackUrl: `no url ${plainSecret('a callback that is no URL')}` });
    await launch({ callbackUrl: `http://me:${plainSecret('a password in a callback')}@localhost/` });
    await launch({
      env: { TOKEN: 'x' },
      ...secureRequest('a run with a fault'),
      tasks: 7,
      timeoutSeconds: 'x',
    });
    await send(
      'POST',
      '/api/jobs/guarded/runs',
      `{"secureEnv": {"A": "${plainSecret('malformed JSON')}" oops}}`,
    );
    await send('POST', `${groupPath('guarded')}/runs`, secureRequest('a run without the secrets of the job'));
    await send('GET', '/api/jobs', undefined, { headers: { 'x-functions-key': plainSecret('a wrong key') } });
    await send('GET', '/api/jobs', undefined, {
      headers: { authorization: `Bearer ${plainSecret('a bearer token')}` },
    });
    await send('GET', '/api/results/a-wrong-ticket'); // one stands in the path, which the host prints
    for (const queue of ['aci-runs', 'aci-callbacks']) {
      await sendMessage(queue, JSON.stringify({ nonsense: plainSecret(`${foreign} in ${queue}`) }));
    }
  }

  async function groups(): Promise<void> {
    const create = {
      subscriptionId,
      rgName: 'jobs',
      cnName: 'created',
      image: 'image',
      restartPolicy: 'Never',
      registry: {
        server: 'example.azurecr.io',
        username: 'u',
        password: secret('registry password of a new group'),
      },
      secureEnv: { TOKEN: secret('secureEnv of a new group') },
      volumes: [
        {
          name: 'files',
          azureFile: {
            shareName: 's',
            storageAccountName: 'a',
            storageAccountKey: plainSecret('storage key of a new group'),
          },
        },
      ],
    };
    const values = [create.registry.password, create.secureEnv.TOKEN];
    emulator.faults.add({
      action: 'error',
      method: 'PUT',
      status: 400,
      code: 'InvalidThing',
      message: `Bad: ${values.join(' ')}, ${JSON.stringify(values)}`,
    });
    await send('POST', '/api/azure/containers', create);
    await send('POST', '/api/azure/containers', create);
    await send('POST', '/api/azure/containers', create);
    await send('POST', '/api/azure/containers', {
      ...create,
      cnName: 'Bad_Name',
      cpu: 'x',
      registry: [create.registry],
    });
    await send('GET', groupPath('created'));
    const document = {
      location: 'westeurope',
      properties: {
        osType: 'Linux',
        containers: [
          {
            name: 'main',
            properties: {
              image: 'image',
              resources: { requests: { cpu: 1, memoryInGB: 1 } },
              environmentVariables: [{ name: 'TOKEN', secureValue: secret('secureValue of a PUT') }],
            },
          },
        ],
      },
    };
    await send('PUT', groupPath('put'), document);
    await send('PUT', groupPath('put'), { ...document, properties: { ...document.properties, osType: 7 } });
    await send('GET', groupPath('put'));
    await send('PATCH', groupPath('put'), { tags: { stage: 'test' } });
  }

  async function callersWithTokens(): Promise<void> {
    const { token } = emulator.mintToken({ objectId: 'somebody' });
    const expired = emulator.mintToken({ objectId: 'somebody', lifetimeSeconds: 0 }).token;
    canaries.watch("a caller's token", token);
    canaries.watch("a caller's expired token", expired);
    for (const bearer of [token, expired, plainSecret("a caller's bad token")]) {
      for (const path of ['/api/azure/containers', groupPath('guarded'), `${groupPath('guarded')}/logs`]) {
        await send('GET', path, undefined, {
          headers: { authorization: `Bearer ${bearer}` },
          url: callerUrl,
        });
      }
    }
  }

  await runsThatEnd();
  await runsThatWait();
  await whatAzureQuotes();
  await whatIsRefused();
  await groups();
  await callersWithTokens();
}
