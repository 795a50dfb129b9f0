import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curlLine, quote } from '../../src/console/launch/curlLine.ts';
import { fieldsOf, type Schema } from '../../src/console/launch/fields.ts';
import { initialValues, requestBodyOf } from '../../src/console/launch/requestBody.ts';
import { rerunBody } from '../../src/console/launch/rerunBody.ts';
import { jobContract } from '../../src/jobs/contract.ts';
import { jobOf } from '../jobs/jobsFile.ts';

const formOf = (definition: object) => fieldsOf(jobContract(jobOf(definition)) as Schema);
const env = {
  type: 'object',
  properties: {
    NAME: { type: 'string', minLength: 1, maxLength: 9, title: 'Whom', description: 'Who it is for.' },
    COUNT: { type: 'integer', minimum: 1, default: 3 },
    DAY: { type: 'string', format: 'date' },
    SIZE: { enum: ['s', 1, null] },
    QUIET: { type: 'boolean' },
    LIST: { type: 'array', default: [1] },
    ANY: true,
  },
  required: ['NAME'],
  additionalProperties: false,
};

describe('the form of a job', () => {
  test('has a field for each variable that the contract names, of the kind that its schema says', () => {
    const { variables } = formOf({ env });

    expect(variables.map(({ label, kind, required, initial }) => [label, kind, required, initial])).toEqual([
      ['NAME', 'text', true, ''],
      ['COUNT', 'number', false, '3'],
      ['DAY', 'date', false, ''],
      ['SIZE', 'choice', false, ''],
      ['QUIET', 'choice', false, ''],
      ['LIST', 'json', false, '[1]'],
      ['ANY', 'json', false, ''],
    ]);
    expect(variables[0]?.help).toBe('Whom Who it is for. 1 to 9 characters.');
    expect(variables[3]?.choices.map(({ word }) => word)).toEqual(['s', '1', 'null']);
  });

  test('lets others be added where the contract does, and all of them where there is none', () => {
    expect(formOf({ env: { ...env, additionalProperties: true } }).variables.at(-1)?.label).toBe(
      'Other variables',
    );
    expect(formOf({}).variables.map(({ label, kind }) => [label, kind])).toEqual([['Variables', 'pairs']]);
  });

  test('has what else the job allows, but not dryRun, and nothing that it does not', () => {
    const { variables, options } = formOf({
      allow: ['secureEnv', 'ifRunning', 'tags', 'containers', 'command', 'callbackUrl'],
    });

    expect(variables.map(({ kind }) => kind)).toEqual(['securePairs']);
    expect(Object.fromEntries(options.map(({ label, kind }) => [label, kind]))).toEqual({
      ifRunning: 'choice',
      tags: 'pairs',
      containers: 'json',
      callbackUrl: 'text',
    });
  });

  test('becomes a RunRequest of what was filled in, and names what cannot be sent', () => {
    const { variables, options } = formOf({
      env: { ...env, additionalProperties: true },
      allow: ['env', 'ifRunning'],
    });
    const fields = [...variables, ...options];
    const values = {
      ...initialValues(fields),
      '/env/NAME': 'Ada',
      '/env/SIZE': 'null',
      '/env/LIST': '[1, 2]',
      '/env': [
        { name: '__proto__', value: 'x' },
        { name: '', value: '' },
      ],
      '/ifRunning': '"queue"',
    };

    const { body, faults } = requestBodyOf(fields, values);

    expect(faults).toEqual([]);
    expect(JSON.stringify(body)).toBe(
      '{"env":{"NAME":"Ada","COUNT":3,"SIZE":null,"LIST":[1,2],"__proto__":"x"},"ifRunning":"queue"}',
    );
    expect(
      requestBodyOf(fields, { '/env/COUNT': 'x', '/env/LIST': '[', '/env': [{ name: '', value: 'x' }] })
        .faults,
    ).toEqual([
      { target: '/env/COUNT', message: "'x' is no number." },
      { target: '/env/LIST', message: 'This is not JSON; text needs quotes around it.' },
      { target: '/env', message: 'A value has no name.' },
    ]);
  });

  test.each(['9007199254740993', ' ', '1e999'])(
    '%j is refused where a number would lose what it says',
    (text) => {
      expect(
        requestBodyOf(formOf({ env }).variables, { '/env/COUNT': text }).faults.map(({ target }) => target),
      ).toEqual(['/env/COUNT']);
    },
  );

  test('that nobody touched sends nothing', () => {
    expect(requestBodyOf(formOf({}).variables, initialValues(formOf({}).variables)).body).toEqual({});
  });
});

describe('the line for a shell', () => {
  /** The arguments that curl would get. */
  const argumentsOf = (line: string) =>
    execFileSync(
      'sh',
      [
        '-c',
        `curl() { printf '%s\\0' "$@"; }; SECRET_TOKEN_1=one; SECRET_main_KEY=two; CALLBACK_URL=three; ${line}`,
      ],
      {
        encoding: 'utf8',
      },
    ).split('\0');

  test('is the same call, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        ),
        (variables) => {
          const body = { env: variables };
          expect(argumentsOf(curlLine('http://localhost/api', body, 'none')).at(-2)).toBe(
            JSON.stringify(body),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  test('has variables of the shell for all that is secret', () => {
    const body = {
      env: { A: '"TOKEN"' },
      secureEnv: { 'TOKEN-1': 'never' },
      containers: { main: { secureEnv: { KEY: 'never' }, image: 'i' } },
      callbackUrl: 'https://never.example',
    };
    const line = curlLine('http://localhost/api', body, 'key');

    expect(line).not.toContain('never');
    expect(line).toContain('-H "x-functions-key: $FUNCTIONS_KEY"');
    expect(JSON.parse(argumentsOf(line).at(-2) ?? '')).toEqual({
      env: { A: '"TOKEN"' },
      secureEnv: { 'TOKEN-1': 'one' },
      containers: { main: { secureEnv: { KEY: 'two' }, image: 'i' } },
      callbackUrl: 'three',
    });
  });

  test('quotes what a shell would read otherwise, and nothing else', () => {
    expect(['https://a.example/api?x', 'a-b', "it's", ''].map(quote)).toEqual([
      "'https://a.example/api?x'",
      'a-b',
      `'it'\\''s'`,
      "''",
    ]);
  });
});

test('a rerun sends secrets by their containers, and null for a callback that is not wanted again', () => {
  const secrets = [
    { container: 'main', name: 'A', value: '1' },
    { container: 'main', name: 'B', value: '2' },
    { container: 'side', name: 'A', value: '3' },
  ];

  expect(rerunBody(secrets, '', undefined)).toEqual({
    containers: { main: { secureEnv: { A: '1', B: '2' } }, side: { secureEnv: { A: '3' } } },
    callbackUrl: null,
  });
  expect(rerunBody([], undefined, 'main')).toEqual({});
});

test('a rerun sends secrets of the shared container as the request’s own, as a contract wants them', () => {
  const secrets = [
    { container: 'main', name: 'A', value: '1' },
    { container: 'side', name: 'A', value: '2' },
  ];

  expect(rerunBody(secrets, undefined, 'main')).toEqual({
    secureEnv: { A: '1' },
    containers: { side: { secureEnv: { A: '2' } } },
  });
  expect(rerunBody([{ container: '', name: 'A', value: '1' }], undefined, undefined)).toEqual({
    secureEnv: { A: '1' },
  });
});
