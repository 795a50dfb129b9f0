import { expect, test } from 'vitest';
import { createAzureClock } from '../../src/aci/azureClock.ts';

const azure = Date.parse('2026-01-01T00:00:00Z');
const header = new Date(azure).toUTCString();

test.each([
  ['an hour ahead', 3_600_000],
  ['an hour behind', -3_600_000],
])('a machine whose clock is %s tells Azure’s time after its first answer', (_, aheadMs) => {
  let local = azure + aheadMs;
  const clock = createAzureClock(() => local);
  expect(clock.now()).toBe(local);

  clock.observe(header);
  expect(clock.now()).toBe(azure);
  local += 5_000;
  expect(clock.now()).toBe(azure + 5_000);
});

test('a clock that is right to the second keeps its milliseconds', () => {
  const clock = createAzureClock(() => azure + 789);

  clock.observe(header);

  expect(clock.now()).toBe(azure + 789);
});

test.each([undefined, '', 'soon'])('an answer dated %o teaches nothing', (date) => {
  const clock = createAzureClock(() => azure + 60_000);
  clock.observe(header);
  clock.observe(date);

  expect(clock.now()).toBe(azure);
});

test('one answer with another time than the rest moves nothing, two do', () => {
  const clock = createAzureClock(() => azure);
  clock.observe(header);

  clock.observe(new Date(azure + 600_000).toUTCString());
  expect(clock.now()).toBe(azure);
  clock.observe(header);
  expect(clock.now()).toBe(azure);

  clock.observe(new Date(azure + 60_000).toUTCString());
  clock.observe(new Date(azure + 61_000).toUTCString());
  expect(clock.now()).toBe(azure + 61_000);
});
