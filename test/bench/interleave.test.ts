import { expect, test } from 'vitest';
import { interleave } from './interleave.ts';

test('each has its turn in every round, and its own results', async () => {
  const order: string[] = [];
  const turn = (name: string) => async (round: number) => {
    order.push(`${name}${round}`);
    return `${name}${round}`;
  };

  expect(await interleave(2, [turn('a'), turn('b')])).toEqual([
    ['a0', 'a1'],
    ['b0', 'b1'],
  ]);
  expect(order).toEqual(['a0', 'b0', 'a1', 'b1']);
});
