import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/aci/json.ts';
import { type AppliedLaunch, enter, freeHead, type Head, mostQueued } from '../../../src/runs/head.ts';
import { newRunId } from '../../../src/runs/runId.ts';
import { launchesFit } from '../../../src/runs/store/fits.ts';
import { headKey } from '../../../src/runs/store/keys.ts';
import { longestText, toEntity } from '../../../src/runs/store/rowCodec.ts';
import { askedAt } from '../markedGroup.ts';

/** One run holds the group, and as many wait as may. */
const fullHead = Array.from({ length: 1 + mostQueued }, (_, index) =>
  newRunId(askedAt + index, new Uint8Array(16)),
).reduce<Head>((head, runId) => enter(head, runId, false), freeHead);

function launchesOf(commands: readonly string[]): AppliedLaunch[] {
  return commands.map((before, index) => ({
    runId: newRunId(askedAt, new Uint8Array(16)),
    attempt: index + 1,
    applied: {
      containers: [{ name: 'main', environmentVariables: [], command: { before, applied: 'absent' } }],
      tags: [],
    },
  }));
}

function lengthOf(value: object): number {
  return JSON.stringify(value).length;
}

/** A text whose JSON is so long, its quotes apart. */
function textOf(piece: string, length: number): string {
  const each = JSON.stringify(piece).length - 2;
  return piece.repeat(Math.floor(length / each)) + 'x'.repeat(length % each);
}

test('what launches replaced fits when there is room for it beside all runs that may wait, to a few characters', () => {
  const most = longestText - lengthOf({ ...fullHead, launches: launchesOf(['', '']) });
  fc.assert(
    fc.property(
      fc.constantFrom('x', '"', '数', '🚀', '\ud83d', '\u0000'),
      fc.integer({ min: -40, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (piece, beyond, share) => {
        const room = most + beyond;
        const first = Math.floor(room * share);
        const launches = launchesOf([textOf(piece, first), textOf(piece, room - first)]);
        const head: object = { ...fullHead, launches };
        expect(lengthOf(head)).toBe(longestText + beyond);
        if (launchesFit(launches)) {
          toEntity('partition', headKey, head as JsonObject);
        } else {
          expect(lengthOf(head)).toBeGreaterThan(longestText - 10);
        }
      },
    ),
  );
});
