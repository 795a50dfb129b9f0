import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import type { HookConfig } from '../../src/hooks/hook.schema.ts';
import { type App, startApp } from '../endToEnd/app.ts';
import { atOnce, createGroup, printEnv, settled } from '../endToEnd/groups.ts';
import { doHttpAction, type HttpAction } from '../endToEnd/httpAction.ts';
import { principalHeader } from '../functions/access/principals.ts';
import {
  blobCreated,
  digest,
  firedAlert,
  notification,
  registryPush,
  resolvedAlert,
} from '../hooks/samples.ts';
import { readText } from '../jobs/jobsFile.ts';
import { codeBlocks } from './codeBlocks.ts';

type Jobs = Record<string, { containerGroup: string; hook?: HookConfig }>;
type Section = { title: string; text: string; jobs: Jobs };

const markdown = readFileSync(join(import.meta.dirname, '../../docs/callers.md'), 'utf8');
const publicUrl = 'https://func-jobs-dev.azurewebsites.net';

const [, ...parts] = markdown.split(/^## /m);
const foot = parts.pop() ?? '';
const recipes: Section[] = parts.map((text) => ({
  title: text.slice(0, text.indexOf('\n')),
  text,
  jobs: Object.assign({}, ...jsonBlocks(text).map(({ jobs }) => jobs)) as Jobs,
}));
const jobs: Jobs = Object.assign({}, ...recipes.map((recipe) => recipe.jobs));

function jsonBlocks(text: string): { jobs?: Jobs; actions?: Record<string, { type: string }> }[] {
  return codeBlocks(text, 'json').map((block) => JSON.parse(block));
}

function recipeOf(title: string): Section {
  const recipe = recipes.find((each) => each.title === title);
  if (!recipe) {
    throw new Error(`There is no recipe for ${title}.`);
  }
  return recipe;
}

/** A value for each setting that the recipes name, as `openssl rand -hex 32` could make it. */
const settings = Object.fromEntries(
  [...markdown.matchAll(/setting:(\w+)/g)].map(([, name = '']) => [
    name,
    Buffer.from(name.padEnd(16, '.')).toString('hex'),
  ]),
);

/** Whether a block is of commands that only Azure or GitHub could answer. */
const isForClouds = (block: string) => /^(?:az|gh) /.test(block);

/** The same job, of another group. */
const onGroup = (job: Jobs[string] | undefined, name: string) => ({
  ...job,
  containerGroup: job?.containerGroup.replace(/[^/]+$/, name),
});

let folder: string;
let emulator: Emulator;
let app: App;
/** The same app behind Easy Auth. */
let signedIn: App;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callers-'));
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  const image = 'acrjobsdev.azurecr.io/team/report-builder:1.0';
  await Promise.all([
    ...Object.values(jobs).map(({ containerGroup }) =>
      createGroup(emulator, nameOf(containerGroup), { image, command: printEnv }),
    ),
    createGroup(emulator, 'signed-in', { command: printEnv }),
    createGroup(emulator, 'failing', { command: ['node', '-e', 'process.exit(3)'] }),
  ]);
  app = await startApp({
    arm: emulator,
    enableAuth: true,
    jobs: { ...jobs, failing: onGroup(jobs['report'], 'failing') },
    settings,
  });
  signedIn = await startApp({
    arm: emulator,
    jobs: { workflow: onGroup(jobs['workflow'], 'signed-in') },
    settings: { ...settings, WEBSITE_AUTH_ENABLED: 'True' },
  });
});
afterAll(async () => {
  await app?.close();
  await signedIn?.close();
  await emulator?.close();
  await rm(folder, { recursive: true });
});

const nameOf = (containerGroup: string) => containerGroup.slice(containerGroup.lastIndexOf('/') + 1);
const keyOf = (job: string) => app.keys?.functions[`launch-job-${job}`] ?? '';
const launches = (name: string) =>
  emulator.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith(`/${name}`)).length - 1;

/** What a script prints, run as GitHub's runners and careful people do; where it waits, it waits for less. */
async function bash(script: string, env: Record<string, string>): Promise<string> {
  const { PATH, HOME } = process.env;
  const command = `sleep() { command sleep 0.2; }\n${script}`;
  const { stdout } = await promisify(execFile)('bash', ['-e', '-o', 'pipefail', '-c', command], {
    cwd: await mkdtemp(join(folder, 'work-')),
    env: { PATH, HOME, APP: app.url, ...env },
  });
  return stdout;
}

describe('each recipe', () => {
  test.each(recipes)('$title has a jobs file that the app takes', ({ text, jobs: named }) => {
    const files = codeBlocks(text, 'json').filter((block) => 'jobs' in JSON.parse(block));

    expect(files).toHaveLength(1);
    const { jobs: read, faults } = readText(files[0] ?? '', settings);
    expect(faults).toEqual([]);
    expect(read.map(({ name }) => name)).toEqual(Object.keys(named));
  });

  test.each(recipes)('$title tells what comes back, and what twice is', ({ text }) => {
    expect(text).toContain('\n- **Back**: ');
    expect(text).toContain('\n- **Twice**: ');
  });

  test.each(recipes.filter((recipe) => Object.values(recipe.jobs).some(({ hook }) => hook)))(
    '$title sets up what its hook asks for',
    ({ text, jobs: named }) => {
      const [command = ''] = codeBlocks(text, 'sh').filter(isForClouds);
      for (const [job, { hook }] of Object.entries(named)) {
        expect(command).toContain(`$APP/api/hooks/${job}`);
        expect(command).toContain(`$${String(hook?.secret).replace('setting:', '')}`);
        expect(command).toContain(hook?.header ?? '');
      }
    },
  );

  test('names no job twice, and leads to places that there are', () => {
    const headings = [...markdown.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    const links = [...markdown.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);

    expect(Object.keys(jobs)).toHaveLength(recipes.length);
    expect(headings).toEqual(expect.arrayContaining(links));
  });
});

// They wait for the app's own intervals, so they wait together.
describe.concurrent('what a recipe says', { timeout: 60_000 }, () => {
  test('to curl shows the run at its end, once', async () => {
    const [script = ''] = codeBlocks(recipeOf('curl').text, 'sh').filter((block) => !isForClouds(block));
    const shown = async () => JSON.parse(await bash(script, { KEY: keyOf('nightly') }));
    const run = await shown();

    expect(run).toMatchObject({ status: 'Succeeded', job: 'nightly', env: [{ value: '2026-11-21' }] });
    expect((await shown()).id).toBe(run.id);
    expect(launches('nightly')).toBe(1);
  });

  test('to send by hand is a push to GitHub, once', async () => {
    const [script = ''] = codeBlocks(recipeOf('A webhook of GitHub').text, 'sh').filter(
      (block) => !isForClouds(block),
    );
    const sent = async () => JSON.parse(await bash(script, settings));
    const run = await sent();

    expect(run.env.map(({ value }: { value: string }) => value)).toEqual([
      '0123456789abcdef0123456789abcdef01234567',
      'acme/reports',
    ]);
    expect((await sent()).id).toBe(run.id);
    await expect(bash(script, { ...settings, GITHUB_SECRET: 'another' })).rejects.toThrow('401');
  });

  test('to GitHub Actions fails when the run does, and not before', async () => {
    const [workflow = ''] = codeBlocks(recipeOf('GitHub Actions').text, 'yaml');
    const [step] = parse(workflow).jobs.report.steps as { env: Record<string, string>; run: string }[];
    const runs = (job: string, key = keyOf(job)) =>
      bash((step?.run ?? '').replace('/jobs/report/', `/jobs/${job}/`), {
        KEY: key,
        GITHUB_SHA: 'c'.repeat(40),
        GITHUB_RUN_ID: '1658821493',
        GITHUB_RUN_ATTEMPT: '1',
      });
    const [succeeded, failed, refused] = await Promise.allSettled([
      runs('report'),
      runs('failing'),
      runs('report', 'no key'),
    ]);

    expect(step?.env).toEqual({ APP: publicUrl, KEY: expect.stringMatching(/^\$\{\{ secrets\.\w+ }}$/) });
    expect(JSON.parse(succeeded.status === 'fulfilled' ? succeeded.value : '{}')).toMatchObject({
      status: 'Succeeded',
      env: [{ value: 'c'.repeat(40) }],
    });
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: 1 } });
    expect(JSON.parse((failed as { reason: { stdout: string } }).reason.stdout)).toMatchObject({
      status: 'Failed',
      containers: [{ exitCode: 3 }],
    });
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 1 } });
  });

  test.each<[string, string, unknown, Record<string, string>, object]>([
    [
      'Event Grid',
      'inbox',
      blobCreated,
      { ...notification, 'content-type': 'application/cloudevents+json', 'x-hook-secret': '$INBOX_SECRET' },
      { env: [{ value: blobCreated.data.url }, { value: blobCreated.time }] },
    ],
    [
      'a registry',
      'deploy',
      registryPush,
      { 'x-job-key': '$REGISTRY_SECRET' },
      { env: [{ value: registryPush.target.tag }] },
    ],
    [
      'Azure Monitor',
      'alert?token=$ALERT_SECRET',
      firedAlert,
      {},
      { env: [{ value: 'aci-cpu-high' }, { value: 'Sev2' }] },
    ],
  ])('opens its hook to what %s sends, once', async (_, path, body, headers, expected) => {
    const [one, again] = [await deliver(path, body, headers), await deliver(path, body, headers)];

    expect([one.status, one.json]).toEqual([202, expect.objectContaining({ status: 'NotStarted' })]);
    expect(one.json).toMatchObject(expected);
    expect(again.json.id).toBe(one.json.id);
  });

  test('runs a pushed image by its digest', async () => {
    await deliver('deploy', registryPush, { 'x-job-key': '$REGISTRY_SECRET' });
    const { properties } = await settled(emulator, 'deploy');

    expect(properties['containers']).toMatchObject([
      { properties: { image: `acrjobsdev.azurecr.io/team/report-builder@${digest}` } },
    ]);
  });

  test('is ignored as it says', async () => {
    const ping = { id: 'p', timestamp: registryPush.timestamp, action: 'ping' };
    const answers = [
      await deliver('deploy', ping, { 'x-job-key': '$REGISTRY_SECRET' }),
      await deliver('alert?token=$ALERT_SECRET', resolvedAlert),
    ];

    expect(answers.map(({ status, json }) => [status, json.status])).toEqual([
      [200, 'Ignored'],
      [200, 'Ignored'],
    ]);
  });

  const actions = jsonBlocks(recipeOf('Logic Apps').text).flatMap(({ actions }) =>
    Object.values(actions ?? {}).filter(({ type }) => type === 'Http'),
  ) as HttpAction[];
  const does = (
    action: HttpAction | undefined,
    runName: string,
    behind: (init: RequestInit) => [App, RequestInit],
  ) =>
    doHttpAction(action as HttpAction, {
      expressions: {
        'workflow().run.name': runName,
        "utcNow('yyyy-MM-dd')": '2026-11-21',
        "parameters('jobKey')": keyOf('workflow'),
      },
      send(url, sent) {
        const [to, init] = behind(sent);
        return fetch(url.replace(publicUrl, to.url), init);
      },
      wait: () => pause(250),
    });

  test('to Logic Apps with a key is polled to its end', async () => {
    const { outputs } = await does(actions[1], '08584001CU00', (init) => [app, init]);

    expect(actions).toHaveLength(2);
    expect(outputs.body).toMatchObject({
      status: 'Succeeded',
      job: 'workflow',
      env: [{ value: '2026-11-21' }],
    });
  });

  test('to Logic Apps with an identity is polled to its end, which asks for none', async () => {
    const roles = ['Runs.Launch.Workflow'];
    const { outputs, sent } = await does(actions[0], '08584002CU00', (init) => {
      const { authorization, ...headers } = init.headers as Record<string, string>;
      // Easy Auth, in front of the app.
      return [
        signedIn,
        { ...init, headers: { ...headers, ...(authorization && principalHeader({ roles })) } },
      ];
    });

    expect(sent[0]?.headers).toHaveProperty('authorization');
    expect(outputs.body).toMatchObject({
      status: 'Succeeded',
      job: 'workflow',
      env: [{ value: '2026-11-21' }],
    });
  });

  test('to Power Automate fits its job', async () => {
    const { text } = recipeOf('Power Automate');
    const [, body = ''] = /^`(\{"env".*\})`/m.exec(text) ?? [];
    const answer = await fetch(`${app.url}/api/jobs/flow/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-functions-key': keyOf('flow') },
      body,
    });

    expect(answer.status).toBe(202);
  });
});

test('nothing else of it is said to have been run', () => {
  const notRun = codeBlocks(markdown, 'sh').filter(isForClouds);
  const run = codeBlocks(markdown, 'sh').filter((block) => !isForClouds(block));

  expect(new Set(notRun.map((block) => block.slice(0, 2)))).toEqual(new Set(['az', 'gh']));
  expect(foot).toMatch(/`az` and `gh`\scommands .* have never been run/s);
  expect(run).toHaveLength(2);
  expect(codeBlocks(markdown, 'yaml')).toHaveLength(1);
});

async function deliver(path: string, body: unknown, headers: Record<string, string> = {}) {
  const filled = (text: string) => text.replace(/\$(\w+)/g, (_, name: string) => settings[name] ?? '');
  const answer = await fetch(`${app.url}/api/hooks/${filled(path)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value)])),
    },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer's body, of which a test looks at what it is about
  return { status: answer.status, json: (await answer.json()) as any };
}
