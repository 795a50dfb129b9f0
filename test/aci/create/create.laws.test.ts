import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../local/aci/emulator.ts';
import { callArm } from '../../../local/armRest.ts';
import { containerGroupFrom } from '../../../src/aci/create/containerGroupFrom.ts';
import { createFaults } from '../../../src/aci/create/createFaults.ts';
import { type CreateRequest, check, schema } from '../../../src/aci/create/createRequest.schema.ts';
import { documentFaults } from '../../../src/aci/create/documentFaults.ts';
import { parsePointer } from '../../../src/aci/jsonPointer.ts';
import { mutated } from './mutate.ts';
import { validRequests } from './requests.ts';

const json = fc.oneof(
  fc.jsonValue(),
  fc
    .constantFrom(
      '{"__proto__":{"properties":1}}',
      '{"properties":{"__proto__":[],"containers":[{"__proto__":1}]}}',
    )
    .map((text) => JSON.parse(text)),
);
const validDocuments = validRequests.map((request) => containerGroupFrom(request).document);

test('no JSON at all makes either throw', () => {
  fc.assert(
    fc.property(fc.oneof(json, mutated(validRequests), mutated(validDocuments)), (body) => {
      const all = [...createFaults(body), ...documentFaults(body)];
      expect(all.every(({ code, message }) => code !== '' && message !== '')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('a request without faults makes a document without faults', () => {
  fc.assert(
    fc.property(validRequests, (request) => {
      expect(createFaults(request)).toEqual([]);
      expect(documentFaults(containerGroupFrom(request).document)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('a document of the right shape comes from every request of the right shape', () => {
  fc.assert(
    fc.property(mutated(validRequests), (body) => {
      fc.pre(check(body).length === 0);
      const { document } = containerGroupFrom(body as unknown as CreateRequest);
      expect(documentFaults(document).filter(({ message }) => /must be \w+\.$/.test(message))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('every fault points at a member that a request can have, and names each place of a code once', () => {
  fc.assert(
    fc.property(mutated(validRequests), (body) => {
      fc.pre(check(body).length === 0);
      const faults = createFaults(body);
      for (const { target } of faults) {
        expect(Object.keys(schema.properties)).toContain(parsePointer(target)?.[0]);
      }
      expect(new Set(faults.map(({ code, target }) => `${code} ${target}`)).size).toBe(faults.length);
    }),
    { numRuns: 500 },
  );
});

test('faults do not depend on what is written twice', () => {
  fc.assert(
    fc.property(mutated(validDocuments), (document) => {
      const before = structuredClone(document);
      expect(documentFaults(document)).toEqual(documentFaults(before));
      expect(document).toEqual(before);
    }),
  );
});

let strict: Emulator;
let lenient: Emulator;

beforeAll(async () => {
  // Provisioning never gets anywhere: the PUT's answer is all that is asked for.
  const timings = { pendingMs: 3_600_000 };
  strict = await startEmulator({ timings });
  lenient = await startEmulator({ timings, rejectUnknownMembers: false });
});

afterAll(() => Promise.all([strict.close(), lenient.close()]));

let groups = 0;

/** Writes a group under a name of its own; throws ARM's error when it refuses. */
async function put(emulator: Emulator, document: object): Promise<number> {
  groups += 1;
  const path = `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/group-${groups}`;
  await callArm(emulator, 'PUT', path, document);
  return emulator.requests.at(-1)?.status ?? 0;
}

test('the emulator takes what a request without faults makes', async () => {
  await fc.assert(
    fc.asyncProperty(validRequests, async (request) => {
      expect(await put(strict, containerGroupFrom(request).document)).toBe(201);
    }),
    { numRuns: 40 },
  );
});

test('the emulator takes every document in which no fault was found, however it came about', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(
      mutated(validDocuments).filter((document) => documentFaults(document).length === 0),
      async (document) => {
        taken += 1;
        expect(await put(lenient, document as object)).toBe(201);
      },
    ),
    { numRuns: 50, endOnFailure: true },
  );
  expect(taken).toBe(50);
});

test('and a document that it refuses has a fault', async () => {
  const document = containerGroupFrom({
    subscriptionId: '',
    rgName: '',
    cnName: 'web',
    image: 'nginx',
    env: { '1': '' },
  }).document;
  await expect(put(strict, document)).rejects.toThrow('InvalidContainerEnvironmentVariable');
  expect(documentFaults(document)).not.toEqual([]);
});
