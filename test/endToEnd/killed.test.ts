import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emulator } from '../../local/aci/emulator.ts';
import type { FaultAction } from '../../local/aci/faults/fault.ts';
import { callArm } from '../../local/armRest.ts';
import { seededRandom } from '../runs/simulation/random.ts';
import { patiently, patientlyEach } from '../until.ts';
import { type AskedRun, askedRuns, sharedGroups, templates } from './askedRuns.ts';
import { createMill, type Entry, readDiary } from './diary.ts';
import { startFasterCloud } from './fasterCloud.ts';
import { groupPath, resourceId } from './groups.ts';
import { createMortalHost, type MortalHost } from './mortalHost.ts';

/**
 * The host is killed over and over while runs are asked for, and nobody notices but by waiting.
 *
 * The app rightly takes minutes to be sure that a launch of which it knows nothing did not get through. So for the host, its storage
 * and the emulator's clock time runs ten times as fast: their intervals stay in proportion, and the app is the one that ships.
 * KILL_SEED=N kills at other moments.
 */
const speed = 10;
const random = seededRandom(Number(process.env['KILL_SEED'] ?? 20_261_121));
const kills = 10;
const asked = askedRuns(50, random);

/** How far a launch can have come when the host is killed; undefined is any moment. */
const moments: (FaultAction | undefined)[] = [
  { action: 'hang' }, // written down, and never seen by Azure
  { action: 'latency', milliseconds: 2_500 }, // takes effect when the next host is at work already
  { action: 'answerLate', milliseconds: 2_000 }, // has taken effect, which the host never hears
  undefined,
];

type Run = { id: string; status: string };

let diaryFile: string;
let emulator: Emulator;
let host: MortalHost;
let killedInPut = 0;
/** The runs as they ended, in the order of `asked`. */
let runs: Run[];
let diary: Entry[];
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'diary-'));
  closing.push(() => rm(folder, { recursive: true }));
  diaryFile = join(folder, 'diary.jsonl');
  const cloud = await startFasterCloud(speed);
  closing.push(cloud.close);
  emulator = cloud.emulator;
  const groups = [...sharedGroups, ...templates];
  await Promise.all(groups.map((group) => createMill(emulator, diaryFile, group)));
  host = await createMortalHost({
    ...cloud.settings,
    LAUNCHER_SECRET: 'a-launcher-secret-that-outlives-every-host',
  });
  closing.push(host.close);

  await host.start();
  const answers: Promise<Run>[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const wave = asked.slice((kill * asked.length) / kills, ((kill + 1) * asked.length) / kills);
    answers.push(...wave.map(ask));
    await killAndStartAgain(moments[kill % moments.length]);
  }
  const accepted = await Promise.all(answers);
  runs = await endsOf(accepted);
  diary = await readDiary(diaryFile);
}, 240_000);

afterAll(async () => {
  for (const close of closing.reverse()) {
    await close();
  }
});

/** Asks for a run until there is an answer, as a caller does who must not lose it. */
function ask({ group, idempotencyKey, body }: AskedRun): Promise<Run> {
  return patiently(60, async () => {
    const answer = await fetch(`${host.url()}${groupPath(group)}/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(body),
    }).catch(() => undefined);
    const text = await answer?.text().catch(() => undefined);
    if (!answer || text === undefined || answer.status >= 500) {
      return undefined;
    }
    expect([200, 202], text).toContain(answer.status);
    return JSON.parse(text);
  });
}

/** How long the PUT of a wave is waited for, before its host is killed without. */
const longestWaitMs = 8_000;

/** Kills the host as soon as a PUT has come so far, or at any moment. */
async function killAndStartAgain(moment: FaultAction | undefined): Promise<void> {
  const fault = moment && emulator.faults.add({ ...moment, method: 'PUT', path: '**/containerGroups/*' });
  const isReached = () => !emulator.faults.list().some(({ id }) => id === fault?.id);
  await Promise.race([
    pause(fault ? longestWaitMs : random.between(20, 1_200)),
    ...(fault ? [patiently((2 * longestWaitMs) / 1000, isReached)] : []),
  ]);
  killedInPut += fault && isReached() ? 1 : 0;
  await host.kill();
  emulator.faults.clear();
  await host.start();
}

/** The runs, in the order of `asked`, once all are over; looked at one after another, to leave the app its time. */
function endsOf(accepted: Run[]): Promise<Run[]> {
  return patientlyEach(90, accepted, async ({ id }, index) => {
    const answer = await fetch(`${host.url()}${groupPath(asked[index]?.group ?? '')}/runs/${id}`);
    const run = (await answer.json()) as Run;
    expect([200, 503], JSON.stringify(run)).toContain(answer.status); // a busy app may ask to come again
    return answer.status === 200 && !['NotStarted', 'Running'].includes(run.status) && run;
  });
}

const launchesAsked = asked.reduce((sum, { tasks, launches }) => sum + tasks.length * launches, 0);

/** The launches of a task, as its containers tell of them. */
function launchesOf(index: number, task: string | undefined): Entry[] {
  return diary.filter(
    (entry) => entry.what === 'began' && entry.runId === runs[index]?.id && entry.task === task,
  );
}

function effectivePuts(group?: string) {
  return emulator.requests.filter(
    ({ method, path, status }) =>
      method === 'PUT' &&
      status >= 200 &&
      status < 300 &&
      (group === undefined || path === resourceId(group)),
  );
}

test('the host was killed in the middle of launches', () => {
  expect(killedInPut).toBeGreaterThan(kills / 3);
});

test('every request is one run, which ends as its containers did', () => {
  expect(new Set(runs.map(({ id }) => id)).size).toBe(asked.length);
  expect(runs.map(({ status }) => status)).toEqual(asked.map(({ status }) => status));
});

test('each is launched once, and again only when it failed and asked for that', () => {
  for (const [index, { tasks, launches }] of asked.entries()) {
    for (const task of tasks) {
      const attempts = launchesOf(index, task).map(({ attempt }) => attempt);
      expect(attempts, `run ${index}, task ${task}`).toHaveLength(launches);
      expect(new Set(attempts).size).toBe(launches);
    }
  }
  expect(diary.filter(({ what }) => what === 'began')).toHaveLength(launchesAsked);
  expect(effectivePuts()).toHaveLength(launchesAsked + sharedGroups.length + templates.length);
});

test('a run sees its own overrides, and none of another', () => {
  for (const [index, { tasks, variables }] of asked.entries()) {
    for (const entry of tasks.flatMap((task) => launchesOf(index, task))) {
      expect(entry.variables).toEqual(variables);
    }
  }
});

test('no group runs two at once, and no launch ends the one before', () => {
  expect(diary.filter(({ what }) => what === 'ended')).toHaveLength(launchesAsked);
  for (const group of sharedGroups) {
    const its = diary.filter((entry) => entry.group === group);
    expect(its.map(({ what }) => what)).toEqual(its.map((_, at) => (at % 2 === 0 ? 'began' : 'ended')));
    expect(effectivePuts(group)).toHaveLength(1 + its.length / 2);
  }
});

test('copies do not stay', { timeout: 60_000 }, async () => {
  const names = async () => {
    const list = await callArm(emulator, 'GET', resourceId('').slice(0, -1));
    return (list as { value: { name: string }[] }).value.map(({ name }) => name);
  };
  const left = await patiently(30, async () => {
    const found = await names();
    return found.length <= sharedGroups.length + templates.length && found;
  });
  expect(left.sort()).toEqual([...sharedGroups, ...templates]);
});
