import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startAzurite } from '../../local/azurite.ts';
import { startChild } from '../../local/children.ts';

test('its connection string leads to blob, queue and table services that take its key', async () => {
  const azurite = await startAzurite();
  try {
    const settings = Object.fromEntries(
      azurite.connectionString
        .split(';')
        .filter((part) => part !== '')
        .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
    );
    for (const service of ['Blob', 'Queue', 'Table']) {
      const endpoint = settings[`${service}Endpoint`] ?? '';
      expect(new URL(endpoint).hostname).toBe('127.0.0.1');
      const response = await fetch(`${endpoint}/nothing`);
      expect(response.headers.get('server')).toMatch(new RegExp(`^Azurite-${service}/`));
    }

    // SharedKeyLite, https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
    const date = new Date().toUTCString();
    const text = `${date}\n/${settings['AccountName']}/${settings['AccountName']}/Tables`;
    const signature = createHmac('sha256', Buffer.from(settings['AccountKey'] ?? '', 'base64'))
      .update(text)
      .digest('base64');
    const created = await fetch(`${settings['TableEndpoint']}/Tables`, {
      method: 'POST',
      headers: {
        authorization: `SharedKeyLite ${settings['AccountName']}:${signature}`,
        'x-ms-date': date,
        'x-ms-version': '2026-10-06',
        'content-type': 'application/json',
        accept: 'application/json;odata=nometadata',
      },
      body: '{"TableName":"runs"}',
    });
    expect([created.status, await created.json()]).toEqual([201, { TableName: 'runs' }]);
  } finally {
    await azurite.close();
  }
});

test('two run side by side, and each is gone once closed', async () => {
  const both = await Promise.all([startAzurite(), startAzurite()]);
  const endpoints = both.map(
    ({ connectionString }) => /TableEndpoint=([^;]+)/.exec(connectionString)?.[1] ?? '',
  );
  expect(endpoints[0]).not.toBe(endpoints[1]);
  await Promise.all(both.map((azurite) => azurite.close()));
  for (const endpoint of endpoints) {
    await expect(fetch(endpoint)).rejects.toThrow();
  }
});

test('it goes when its parent is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'azurite-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const azurite = join(import.meta.dirname, '../../local/azurite.ts');
  writeFileSync(
    join(folder, 'parent.ts'),
    `import { startAzurite } from ${JSON.stringify(azurite)};
     process.send({ ready: (await startAzurite()).connectionString });`,
  );
  const parent = await startChild<string>({ script: join(folder, 'parent.ts') });
  const endpoint = /TableEndpoint=([^;]+)/.exec(parent.ready)?.[1] ?? '';
  expect((await fetch(endpoint)).headers.get('server')).toContain('Azurite');
  process.kill(parent.pid, 'SIGKILL');
  await expect
    .poll(() =>
      fetch(endpoint).then(
        () => 'up',
        () => 'gone',
      ),
    )
    .toBe('gone');
});
