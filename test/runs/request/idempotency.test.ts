import { expect, test } from 'vitest';
import { createBench, day } from '../bench.ts';

const key = { hash: 'abc', fingerprint: 'a body', lifetime: day * 1000 };

test('a key that came before answers its run, also when that is over', async () => {
  const bench = createBench();
  const { run } = await bench.submit({ idempotency: key });

  expect(await bench.submit({ idempotency: key })).toMatchObject({ isReplay: true, run: { id: run.id } });
  await bench.pass(day - 1, () => bench.finish());
  expect(await bench.submit({ idempotency: key })).toMatchObject({
    isReplay: true,
    run: { id: run.id, end: { reason: 'Completed' } },
  });
  expect(bench.containerGroups.written).toHaveLength(1);
});

test('a key that came before answers its run whatever would become of a new one', async () => {
  const bench = createBench();
  const { run } = await bench.submit({ idempotency: key });
  await bench.containerGroups.delete(run.containerGroup);

  expect(await bench.submit({ idempotency: key, ifRunning: 'reject' })).toMatchObject({ isReplay: true });
});

test('a key is refused with another body', async () => {
  const bench = createBench();
  await bench.submit({ idempotency: key });

  await expect(bench.submit({ idempotency: { ...key, fingerprint: 'another' } })).rejects.toMatchObject({
    code: 'IdempotencyKeyReused',
  });
});

test('a body is known again by the secrets that others have taken the place of', async () => {
  const bench = createBench();
  await bench.submit({ idempotency: key });
  const rotated = { ...key, fingerprint: 'by the new secret', olderFingerprints: [key.fingerprint] };

  expect(await bench.submit({ idempotency: rotated })).toMatchObject({ isReplay: true });
});

test('a key that has expired makes a new run, and stands for that one then', async () => {
  const bench = createBench();
  const first = await bench.submit({ idempotency: key });
  await bench.pass(day, () => bench.finish());
  const second = await bench.submit({ idempotency: { ...key, fingerprint: 'another' } });

  expect(second.isReplay).toBe(false);
  expect(second.run.id).not.toBe(first.run.id);
  expect(await bench.submit({ idempotency: { ...key, fingerprint: 'another' } })).toMatchObject({
    isReplay: true,
    run: { id: second.run.id },
  });
});

test('requests with the same key at the same time are one run', async () => {
  const bench = createBench();
  const submitted = await Promise.all(Array.from({ length: 5 }, () => bench.submit({ idempotency: key })));

  expect(new Set(submitted.map(({ run }) => run.id)).size).toBe(1);
  expect(submitted.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
  expect(bench.containerGroups.written).toHaveLength(1);
});
