import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../local/aci/emulator.ts';
import { patiently, patientlyEach } from '../until.ts';
import { post } from './app.ts';
import { createMill, readDiary } from './diary.ts';
import { startFasterCloud } from './fasterCloud.ts';
import { groupPath, resourceId } from './groups.ts';
import { createMortalHost, type MortalHost } from './mortalHost.ts';

/** Callers who come all at once, each with a connection of its own. */
const callers = 200;
/** So much faster runs time, so that a run takes a second. */
const speed = 5;
/** So many of them are let run, and the others canceled: all would take minutes. */
const turns = 6;

type Run = { id: string; status: string; reason: string; attempt: number };
type Answer = {
  status: number;
  retryAfter: string | null;
  run: Run;
  error: { code: string; details?: { target: string }[] };
};

let diaryFile: string;
let emulator: Emulator;
let host: MortalHost;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'diary-'));
  closing.push(() => rm(folder, { recursive: true }));
  diaryFile = join(folder, 'diary.jsonl');
  const cloud = await startFasterCloud(speed);
  closing.push(cloud.close);
  emulator = cloud.emulator;
  const groups = ['same', 'storm', 'ordered', 'busy'];
  await Promise.all(groups.map((group) => createMill(emulator, diaryFile, group)));
  host = await createMortalHost(cloud.settings);
  closing.push(host.close);
  await host.start();
});

afterAll(async () => {
  for (const close of closing.reverse()) {
    await close();
  }
});

async function ask(group: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await post(`${host.url()}${groupPath(group)}/runs`, body, headers);
  const text = await answer.text();
  expect(text, `of an answer ${answer.status}`).not.toBe('');
  const json = JSON.parse(text);
  const retryAfter = answer.headers.get('retry-after');
  return { status: answer.status, retryAfter, run: json as Run, error: (json as { error: never }).error };
}

const all = <Value>(count: number, make: (index: number) => Promise<Value>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** The run as it is shown, once it is: a busy app may ask to come again. */
function show(group: string, id: string): Promise<Run> {
  return patiently(60, async () => {
    const answer = await fetch(`${host.url()}${groupPath(group)}/runs/${id}`);
    expect([200, 503]).toContain(answer.status);
    const run = (await answer.json()) as Run;
    return answer.status === 200 && run;
  });
}

/** The run once it has that status. */
function shownAs(group: string, { id }: Run, status: string): Promise<Run> {
  const look = async () => {
    const run = await show(group, id);
    return run.status === status && run;
  };
  return patiently(60, look);
}

/** Cancels a run, unless it came to its end before; as often as it is told to come again. */
function cancel(group: string, { id }: Run): Promise<number> {
  return patiently(60, async () => {
    const { status, headers } = await post(`${host.url()}${groupPath(group)}/runs/${id}/cancel`, {});
    expect([200, 202, 409, 503]).toContain(status);
    expect(status === 503 && headers.get('retry-after') === null).toBe(false);
    return status !== 503 && status;
  });
}

const entriesOf = async (group: string) =>
  (await readDiary(diaryFile)).filter((entry) => entry.group === group);

const launchesOf = (group: string) =>
  emulator.requests.filter(
    ({ method, path, status }) => method === 'PUT' && path === resourceId(group) && status < 300,
  ).length - 1;

/** Those who were taken; everybody else must have been told when to come again. */
function takenOf(answers: Answer[]): Run[] {
  const refused = answers.filter(({ status }) => status !== 202 && status !== 200);
  expect(
    refused.filter(({ status, retryAfter }) => ![429, 503].includes(status) || Number(retryAfter) < 1),
  ).toEqual([]);
  return answers.filter((answer) => !refused.includes(answer)).map(({ run }) => run);
}

describe(`${callers} callers with one Idempotency-Key`, { timeout: 60_000 }, () => {
  const headers = { 'idempotency-key': 'all-of-us' };

  test('start one run, whose id each of them is told', async () => {
    const taken = takenOf(await all(callers, () => ask('same', { env: { MY_NAME: 'us' } }, headers)));
    const [first] = taken;

    expect(taken.length).toBeGreaterThan(callers / 2);
    expect(new Set(taken.map(({ id }) => id)).size).toBe(1);
    await shownAs('same', first as Run, 'Succeeded');
    expect(launchesOf('same')).toBe(1);
    expect((await entriesOf('same')).map(({ what }) => what)).toEqual(['began', 'ended']);
  });

  test('cannot start another with it', async () => {
    const { status, error } = await ask('same', { env: { MY_NAME: 'me alone' } }, headers);
    expect([status, error.code]).toEqual([422, 'IdempotencyKeyReused']);
    expect(launchesOf('same')).toBe(1);
  });
});

describe('callers who queue for one group', { timeout: 120_000 }, () => {
  test('have their turns in the order in which they came', async () => {
    const queued: Run[] = [];
    for (let index = 0; index < 5; index += 1) {
      queued.push(...takenOf([await ask('ordered', { ifRunning: 'queue' })]));
    }
    await shownAs('ordered', queued.at(-1) as Run, 'Succeeded');

    expect((await entriesOf('ordered')).map(({ what, runId }) => [what, runId])).toEqual(
      queued.flatMap(({ id }) => [
        ['began', id],
        ['ended', id],
      ]),
    );
  });

  test(`are taken or told to come again, ${callers} at once; each who is taken has its turn, or is canceled`, async () => {
    const asking = (index: number) =>
      ask('storm', { env: { MY_NAME: `caller ${index}` }, ifRunning: 'queue' });
    const taken = takenOf(await all(callers, asking));
    await patiently(60, async () => {
      taken.push(...(taken.length > 20 ? [] : takenOf(await all(10, asking)))); // told to, they come again
      return taken.length > 20;
    });
    expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length);
    expect(taken.length).toBeGreaterThan(20);

    await patiently(60, async () => (await entriesOf('storm')).length >= 2 * turns);
    const left = (await Promise.all(taken.map(({ id }) => show('storm', id)))).filter(
      ({ status }) => status === 'NotStarted',
    );
    for (let start = 0; start < left.length; start += 10) {
      await Promise.all(left.slice(start, start + 10).map((run) => cancel('storm', run)));
    }
    const ended = await patientlyEach(60, taken, async ({ id }) => {
      const shown = await show('storm', id);
      return !['NotStarted', 'Running'].includes(shown.status) && shown;
    });

    const diary = await entriesOf('storm');
    const began = diary.filter(({ what }) => what === 'began').map(({ runId }) => runId);
    expect(new Set(began).size).toBe(began.length);
    // Nobody begins before the one before has ended, or was canceled, which ends a container without a word.
    const unended = began.filter(
      (id) => diary[diary.findIndex((entry) => entry.runId === id) + 1]?.runId !== id,
    );
    const canceled = ended.filter(({ status }) => status === 'Canceled').map(({ id }) => id);
    expect(unended.filter((id) => !canceled.includes(id))).toEqual([]);
    expect(launchesOf('storm')).toBe(ended.reduce((sum, { attempt }) => sum + attempt, 0));
    for (const { id, status, reason } of ended) {
      const end = status === 'Succeeded' ? 'ran' : reason; // one that was canceled too late may have run all the same
      expect(began.includes(id) ? ['ran', 'CanceledByCaller'] : ['CanceledByCaller']).toContain(end);
    }
  });
});

describe('callers who come while a run holds the group', { timeout: 90_000 }, () => {
  const long = { env: { LASTS: '600000' } };
  let running: Run;

  beforeAll(async () => {
    [running] = takenOf([await ask('busy', long)]) as [Run];
    await shownAs('busy', running, 'Running');
  });

  test('are refused, with the id of that run', async () => {
    const answers = await all(20, () => ask('busy', long));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([409]));
    expect(answers.every(({ error }) => error.details?.[0]?.target === running.id)).toBe(true);
    expect(launchesOf('busy')).toBe(1);
  });

  test('replace it, and each other; one is left', async () => {
    const taken = takenOf(await all(20, () => ask('busy', { ...long, ifRunning: 'replace' })));
    const survivor = await patiently(60, async () => {
      const shown = await Promise.all(taken.map(({ id }) => show('busy', id)));
      const left = shown.filter(({ status }) => status === 'Running' || status === 'NotStarted');
      return left.length === 1 && left[0]?.status === 'Running' && left[0];
    });

    for (const run of [running, ...taken].filter(({ id }) => id !== survivor.id)) {
      expect(await show('busy', run.id)).toMatchObject({ status: 'Canceled', reason: 'Superseded' });
    }
    await cancel('busy', survivor);
    expect(await shownAs('busy', survivor, 'Canceled')).toMatchObject({ reason: 'CanceledByCaller' });
    expect((await entriesOf('busy')).filter(({ what }) => what === 'ended')).toEqual([]);
    expect((await entriesOf('busy')).length).toBe(launchesOf('busy'));
  });
});
