import type { Random } from './random.ts';

/** What a step does to the world. */
export const effects = [
  'rows.get',
  'rows.commit',
  'queue.send',
  'queue.deliver',
  'arm.get',
  'arm.put',
  'arm.stop',
  'arm.logs',
  'arm.delete',
] as const;
export type EffectName = (typeof effects)[number];

/** What can go wrong with it. */
export const faultKinds = [
  'crash before',
  'crash after',
  'answer lost',
  'effect late',
  'stale GET',
  'missing once',
  'claim expired',
  'duplicate message',
  '409',
  '429',
  '5xx',
  'ETag conflict',
] as const;
export type FaultKind = (typeof faultKinds)[number];

const crashes = ['crash before', 'crash after', 'claim expired'] as const;
const lost = ['answer lost', 'effect late'] as const;

/** Which faults an effect can meet. A message is delivered by a host that can only die or be told twice. */
export const matrix: Record<EffectName, readonly FaultKind[]> = {
  'rows.get': [...crashes, '429', '5xx'],
  'rows.commit': [...crashes, ...lost, '409', '429', '5xx', 'ETag conflict'],
  'queue.send': [...crashes, ...lost, 'duplicate message', '429', '5xx'],
  'queue.deliver': ['crash before', 'crash after', 'duplicate message'],
  'arm.get': [...crashes, 'stale GET', 'missing once', '429', '5xx'],
  'arm.put': [...crashes, ...lost, '409', '429', '5xx'],
  'arm.stop': [...crashes, ...lost, '409', '429', '5xx'],
  'arm.logs': [...crashes, '409', '429', '5xx'],
  'arm.delete': [...crashes, ...lost, '409', '429', '5xx'],
};

export const pairs = effects.flatMap((effect) => matrix[effect].map((fault) => ({ effect, fault })));

const rare: readonly EffectName[] = ['arm.stop', 'arm.delete'];
const focuses = [
  ...pairs,
  ...pairs.filter(({ effect }) => rare.includes(effect)),
  ...pairs.filter(({ effect }) => rare.includes(effect)),
];

/** What a seed lets go wrong again and again, so that rare faults are met, too. */
export function focusOf(seed: number): { effect: EffectName; fault: FaultKind } {
  return focuses[seed % focuses.length] as (typeof focuses)[number];
}

/** How often each fault of each effect was met. */
export type Coverage = Map<string, number>;

export function pairName(effect: EffectName, fault: FaultKind): string {
  return `${effect} × ${fault}`;
}

export type Faults = {
  /** The fault that this call of an effect meets, if any. */
  draw(effect: EffectName): FaultKind | undefined;
};

export const noFaults: Faults = { draw: () => undefined };

/**
 * Faults for one seed: the one that it is about, and now and then any other.
 * @param until no more of them from this time on.
 */
export function seededFaults(
  seed: number,
  random: Random,
  now: () => number,
  until: number,
  coverage: Coverage,
): Faults {
  const focus = focusOf(seed);
  let focused = 0;
  return {
    draw(effect) {
      if (now() >= until) {
        return undefined;
      }
      const isFocus = focus.effect === effect && focused < 6 && random.chance(0.6);
      const fault = isFocus ? focus.fault : random.chance(0.03) ? random.pick(matrix[effect]) : undefined;
      if (isFocus) {
        focused += 1;
      }
      if (fault) {
        const name = pairName(effect, fault);
        coverage.set(name, (coverage.get(name) ?? 0) + 1);
      }
      return fault;
    },
  };
}
