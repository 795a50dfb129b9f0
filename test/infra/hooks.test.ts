import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bicepFile } from './bicepObjects.ts';
import { infra } from './infraCopy.ts';

/** Stand-ins for az and azd, which write down what they are called with. */
let folder: string;
const called = () => readFileSync(join(folder, 'calls'), 'utf8').split('\n').filter(Boolean);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hooks-'));
  writeFileSync(join(folder, 'calls'), '');
  for (const name of ['az', 'azd']) {
    const reads = name === 'az' ? 'cat > /dev/null' : ''; // whatever it is given, such as the rest of a list
    const script = `#!/bin/sh\necho "${name} $*" >> '${folder}/calls'\n${reads}\n`;
    writeFileSync(join(folder, name), script, { mode: 0o755 });
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (hook: string, env: Record<string, string> = {}) => {
  const PATH = `${folder}:${process.env['PATH']}`;
  return promisify(execFile)('sh', [join(infra, 'hooks', `${hook}.sh`)], {
    env: { PATH, AZURE_SUBSCRIPTION_ID: 'sub', ...env },
  });
};

describe.skipIf(process.platform === 'win32')('before a deployment', () => {
  test('the providers of all that the templates use are registered', async () => {
    await run('preprovision');
    const registered = called().flatMap((line) => /--namespace (\S+)/.exec(line)?.[1] ?? []);
    const paths = ['main.bicep', ...bicepFile('main.bicep').modules.map(({ path }) => path)];
    const used = paths
      .flatMap((path) => bicepFile(path).resources)
      .map(({ type }) => type.split('/')[0] ?? '');
    const always = ['Microsoft.Authorization', 'Microsoft.Resources']; // in every subscription

    expect(registered).toEqual(expect.arrayContaining(used.filter((name) => !always.includes(name))));
    expect(registered).toContain('Microsoft.App'); // the subnet of a Flex Consumption app is delegated to it
  });

  test('the first LAUNCHER_SECRET is made, long and by chance', async () => {
    await run('preprovision');
    await run('preprovision');
    const [one, other] = called().filter((line) => line.startsWith('azd env set LAUNCHER_SECRET '));

    expect(one).toMatch(/ [0-9a-f]{64}$/);
    expect(one).not.toBe(other);
  });

  test('a secret that could not be made stops the deployment: an empty one would be stored by nobody, ever', async () => {
    writeFileSync(join(folder, 'node'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });

    await expect(run('preprovision')).rejects.toThrow();
    expect(called().filter((line) => line.startsWith('azd'))).toEqual([]);
  });

  test.each([
    ['the vault has one', { LAUNCHER_SECRET_STORED: 'true' }],
    ['a deployment before did not get that far', { LAUNCHER_SECRET: 'made before' }],
  ])('none is made where %s', async (_, env) => {
    await run('preprovision', env);

    expect(called().filter((line) => line.startsWith('azd'))).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('after a deployment', () => {
  test('the secret is taken out of the azd environment', async () => {
    await run('postprovision');

    expect(called()).toEqual(['azd env set LAUNCHER_SECRET ']);
  });

  test('the first call is shown, with where to get its key', async () => {
    const env = {
      FUNCTION_APP_URL: 'https://f.example',
      FUNCTION_APP_NAME: 'func-x',
      AZURE_RESOURCE_GROUP: 'rg-x',
    };
    const { stdout } = await run('postdeploy', env);

    expect(stdout).toContain(
      '--subscription sub --resource-group rg-x --name func-x --function-name launch-job-default',
    );
    expect(stdout).toContain('curl -s https://f.example/api/jobs/default/runs -H "x-functions-key: $key"');
  });

  test('without the sample there is no call to show', async () => {
    const { stdout } = await run('postdeploy', { FUNCTION_APP_URL: 'u', SAMPLE_JOB: 'false' });

    expect(stdout).not.toContain('curl -s');
  });
});
