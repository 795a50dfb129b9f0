import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startStack } from '../../local/stack.ts';
import { createFaults } from '../../src/aci/create/createFaults.ts';
import { compileContract } from '../../src/jobs/contractCompiler.ts';
import { readJobsFile } from '../../src/jobs/readJobsFile.ts';
import { codeBlocks } from '../docs/codeBlocks.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const blocks = (language: string) => codeBlocks(readme, language);

test('the first call of the README answers what the README says', { timeout: 60_000 }, async () => {
  const command = blocks('sh').find((block) => block.startsWith('curl')) ?? '';
  const [said = ''] = blocks('json');
  const stack = await startStack({ port: 0 });
  try {
    const here = command.replaceAll('http://localhost:7071', stack.hostUrl);
    const { stdout } = await promisify(execFile)('sh', ['-c', here]);
    const { id, createdAt, ...answer } = JSON.parse(
      stdout.replaceAll(stack.hostUrl, 'http://localhost:7071').replace(/(?<=results\/hello_AQB)[\w-]+/, '…'),
    );
    const { id: saidId, createdAt: _, ...expected } = JSON.parse(said.replaceAll(JSON.parse(said).id, id));

    expect(here).not.toBe(command);
    expect(answer).toEqual(expected);
    expect([id, Date.parse(createdAt)]).toEqual([saidId, expect.any(Number)]);
  } finally {
    await stack.close();
  }
});

test('the jobs file of the README is one', () => {
  const jobsFile = blocks('json').find((block) => block.includes('"jobs": {')) ?? '';

  const { jobs, faults } = readJobsFile(jobsFile, {
    setting: () => 'a value of a setting',
    scopes: undefined,
    compileContract,
  });

  expect(faults).toEqual([]);
  expect(jobs.map(({ name }) => name)).toEqual(['nightly']);
});

test('the group that the README creates is one', () => {
  const body = blocks('json').find((block) => block.includes('"cnName"')) ?? '{}';

  expect(createFaults(JSON.parse(body))).toEqual([]);
});
