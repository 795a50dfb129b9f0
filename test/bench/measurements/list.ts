import { interleave, milliseconds } from '../interleave.ts';
import type { Measurement } from '../measurement.ts';
import { startArm } from '../rig/arm.ts';
import { besideStorage } from '../rig/azure.ts';
import { startApp, startSeed } from '../rig/launchers.ts';
import { median } from '../statistics.ts';

const latencyMs = 50;

/** The list of all groups with their states: here, and the seed's way, one call after another. */
export const list: Measurement = {
  name: 'list',
  async measure({ scope, isSmoke, say }) {
    const estate = isSmoke
      ? { subscriptions: 2, resourceGroups: 2, groups: 6 }
      : { subscriptions: 10, resourceGroups: 20, groups: 500 };
    const rounds = isSmoke ? 1 : 3;
    const arm = await startArm({ estate, latencyMs });
    scope.defer(() => arm.close());
    const azure = await besideStorage(scope, arm);
    const [app, seed] = await Promise.all([startApp(scope, azure), startSeed(scope, azure)]);
    const listOf = (url: string) => () =>
      milliseconds(async () => {
        const answer = await fetch(url);
        const { value } = (await answer.json()) as { value: object[] };
        if (value.length !== estate.groups) {
          throw new Error(`${url} listed ${value.length} of ${estate.groups} groups.`);
        }
      });
    const ours = listOf(`${app.url}/api/azure/containers`);
    await ours();
    const before = arm.requests.length;
    const [first = []] = await interleave(rounds, [ours], (round) => say(`round ${round + 1} of ${rounds}`));
    const calls = (arm.requests.length - before) / rounds;
    say('one call after another, once: this takes its time');
    const theirs = await listOf(seed.url)();
    const [second = []] = await interleave(rounds, [ours]);
    const here = median([...first, ...second]);
    const size = `${estate.subscriptions} subscriptions × ${estate.resourceGroups} resource groups, ${estate.groups} groups`;
    return [
      {
        what: `List of ${estate.groups} groups with states, against one call after another`,
        value: theirs / here,
        unit: '× sooner',
        goal: { atLeast: 15 },
        how: `median of ${2 * rounds} around one: ${(here / 1000).toFixed(2)} s against ${(theirs / 1000).toFixed(1)} s; ${size}, ${latencyMs} ms a call`,
      },
      {
        what: 'ARM calls of that list',
        value: calls,
        unit: '',
        goal: { atMost: 1 + estate.subscriptions + estate.groups },
        how: `mean of ${rounds}: one for the subscriptions, one for each of them, one for each group`,
      },
    ];
  },
};
