import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { compileContract } from '../../src/jobs/contractCompiler.ts';
import { schema } from '../../src/jobs/jobsFile.schema.ts';
import { type AppOptions, startApp } from './app.ts';

const root = join(import.meta.dirname, '../..');
const arm = {
  armEndpoint: 'http://localhost:1',
  identityEndpoint: 'http://localhost:1/token',
  identityHeader: 'h',
};

const startFailure = async (options: Omit<AppOptions, 'arm'>) => {
  const app = await startApp({ arm, ...options }).catch((error: Error) => error);
  if (!(app instanceof Error)) {
    await app.close();
    throw new Error('the app has started');
  }
  return app.message;
};

describe('a wrong setting stops the start', () => {
  test('with every fault named', async () => {
    const message = await startFailure({
      settings: {
        ARM_ENDPOINT: 'http://management.azure.com',
        ALLOWED_SCOPES: '/subscription/x',
        AZURE_CLIENT_ID: 'me',
        GROUP_RUN_ALLOW: 'comand',
        PUBLIC_URL: 'https://example.org/app',
        ACI_RESOURCE_GROUP: 'jobs',
        LAUNCHER_SECRET: 'short',
        CALLBACK_HOSTS: 'https://example.org',
        RUN_RETENTION_DAYS: '0',
        AzureWebJobsStorage: 'AccountName=x',
      },
      jobs: { 'Bad Name': { containerGroup: 'nightly', evn: {} }, other: { container: 1 } },
    });

    for (const fault of [
      'ARM_ENDPOINT: ',
      "ALLOWED_SCOPES: '/subscription/x'",
      'AZURE_CLIENT_ID: ',
      "GROUP_RUN_ALLOW: 'comand' is none of command, image, resources; did you mean 'command'?",
      'PUBLIC_URL: ',
      'ACI_SUBSCRIPTION_ID: ',
      'ACI_CONTAINER_GROUP: ',
      'LAUNCHER_SECRET: ',
      'CALLBACK_HOSTS: ',
      'RUN_RETENTION_DAYS: ',
      'AzureWebJobsStorage: ',
      '#/jobs/Bad Name/evn: ',
      '#/jobs/other/container: ',
      '#/jobs/other/containerGroup: ',
    ]) {
      expect(message).toContain(fault);
    }
  });

  test('of the jobs file, too, once its shape is right', async () => {
    const message = await startFailure({
      jobs: {
        'Bad Name': {
          containerGroup: 'nightly',
          env: { type: 'objekt' },
          secrets: [{ registry: 'r', from: 'setting:NOT_THERE' }],
          map: [{ name: 'RUN_ID', from: 'after', pattern: '(' }],
        },
      },
    });

    for (const pointer of [
      '',
      '/containerGroup',
      '/env',
      '/secrets/0/from',
      '/map/0/name',
      '/map/0/from',
      '/map/0/pattern',
    ]) {
      expect(message).toContain(`#/jobs/Bad Name${pointer}: `);
    }
  });
});

describe('what a newcomer copies', () => {
  const { Values: values } = JSON.parse(readFileSync(join(root, 'local.settings.json.example'), 'utf8')) as {
    Values: Record<string, string>;
  };

  test('every value of local.settings.json.example passes', () => {
    const config = readConfig({ appRoot: root, compileContract }, values);

    expect([...config.jobs.keys()]).toEqual(['default']);
    expect(config.scopes).toHaveLength(1);
  });

  test('it and the README name every setting that the app reads, and no other', () => {
    const read = new Set<string>();
    const env = new Proxy<NodeJS.ProcessEnv>(
      { ACI_RESOURCE_GROUP: 'x' },
      {
        get: (_, name) => {
          read.add(String(name));
          return name === 'AzureWebJobsStorage' ? 'UseDevelopmentStorage=true' : undefined;
        },
      },
    );
    readConfig({ appRoot: join(root, 'nowhere'), compileContract }, env);
    read.delete('WEBSITE_HOSTNAME'); // the platform sets these two
    read.delete('WEBSITE_AUTH_ENABLED');
    const ofTheHost = ['FUNCTIONS_WORKER_RUNTIME'];
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const table = [...readme.matchAll(/^\| `([A-Za-z_]+)` \|/gm)].map(([, name]) => name);

    expect(Object.keys(values).sort()).toEqual([...read, ...ofTheHost].sort());
    expect(table.filter((name) => !ofTheHost.includes(name ?? '')).sort()).toEqual([...read].sort());
  });

  test('jobs.schema.json, which editors check a jobs file with, is the schema that the app checks with', () => {
    const published = JSON.parse(readFileSync(join(root, 'jobs.schema.json'), 'utf8'));

    expect(published).toMatchObject(JSON.parse(JSON.stringify(schema)));
  });
});
