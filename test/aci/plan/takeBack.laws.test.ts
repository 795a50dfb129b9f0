import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allContainers, type ContainerGroupDocument } from '../../../src/aci/document.ts';
import { readMark } from '../../../src/aci/mark.ts';
import type { AppliedOverrides } from '../../../src/aci/plan/appliedOverrides.ts';
import { nameKeyOf } from '../../../src/aci/plan/environmentVariables.ts';
import { planLaunch } from '../../../src/aci/plan/planLaunch.ts';
import { takeBack } from '../../../src/aci/plan/takeBack.ts';
import { answerTo, withoutMarkOf } from './armAnswer.ts';
import { type Asked, askedOf, canary, liveGroup, secretsFor } from './launches.ts';

const mark = { runId: '019a0000-0000-7000-8000-000000000000', attempt: 1 };

/** A launch of the group, and what ARM answers after it. */
function launch(live: ContainerGroupDocument, asked: Asked) {
  const plan = planLaunch(live, { ...asked, mark }, secretsFor(live));
  return { ...plan, after: answerTo(plan.document) };
}

const lawOf =
  <Launches>(asking: (live: ContainerGroupDocument) => fc.Arbitrary<Launches>) =>
  (title: string, holds: (live: ContainerGroupDocument, asked: Launches) => void) =>
    test(title, () => {
      const cases = liveGroup.chain((live) => fc.tuple(fc.constant(live), asking(live)));
      fc.assert(
        fc.property(cases, (values) => holds(...values)),
        { numRuns: 400 },
      );
    });
const law = lawOf(askedOf);
const lawOfThree = lawOf((live) => fc.tuple(askedOf(live), askedOf(live), askedOf(live)));

describe('taking back what a launch replaced', () => {
  law('gives the group as it was before the launch, in its order', (live, asked) => {
    const { after, applied } = launch(live, asked);

    expect(withoutMarkOf(takeBack(after, applied))).toStrictEqual(withoutMarkOf(live));
  });

  law('gives the same after the record has been stored as JSON', (live, asked) => {
    const { after, applied } = launch(live, asked);

    expect(takeBack(after, JSON.parse(JSON.stringify(applied)))).toStrictEqual(takeBack(after, applied));
  });

  law('is the same when it is done twice', (live, asked) => {
    const { after, applied } = launch(live, asked);
    const once = takeBack(after, applied);

    expect(takeBack(once, applied)).toStrictEqual(once);
  });

  law('changes nothing when the launch asked for nothing', (live) => {
    const { after, applied } = launch(live, { overrides: {}, tags: {} });

    expect(applied).toEqual({ containers: [], tags: [] });
    expect(takeBack(after, applied)).toStrictEqual(after);
  });

  law('mutates nothing', (live, asked) => {
    const { after, applied } = launch(live, asked);
    const before = structuredClone({ live, after, applied });
    takeBack(after, applied);

    expect({ live, after, applied }).toStrictEqual(before);
  });

  law("leaves the run's mark, for the next launch to replace", (live, asked) => {
    const { after, applied } = launch(live, asked);

    expect(readMark(takeBack(after, applied))).toEqual(mark);
  });

  lawOfThree("keeps each of three runs' overrides out of the next", (live, [first, second, third]) => {
    let group = live;
    for (const asked of [first, second]) {
      const { after, applied } = launch(group, asked);
      group = takeBack(after, applied);
    }

    expect(withoutMarkOf(launch(group, third).document)).toStrictEqual(
      withoutMarkOf(launch(live, third).document),
    );
  });

  law('keeps what somebody gave an overridden variable since', (live, asked) => {
    const { after, applied } = launch(live, asked);
    const keyOf = nameKeyOf(live.properties.osType);
    for (const { name: container, environmentVariables } of applied.containers) {
      for (const { name } of environmentVariables) {
        const changed = structuredClone(after);
        const { properties } = containerNamed(changed, container);
        const others = (properties.environmentVariables ?? []).filter(
          (variable) => keyOf(variable.name) !== keyOf(name),
        );
        const theirs = { name, value: 'what somebody wrote' };
        properties.environmentVariables = [theirs, ...others];

        const back = containerNamed(takeBack(changed, applied), container).properties.environmentVariables;
        expect(back?.filter((variable) => keyOf(variable.name) === keyOf(name))).toStrictEqual([theirs]);
      }
    }
  });

  law('keeps what somebody gave an overridden tag, command or image since', (live, asked) => {
    const { after, applied } = launch(live, asked);
    const changed = structuredClone(after);
    for (const tag of Object.keys(changed.tags ?? {})) {
      Object.assign(changed.tags ?? {}, { [tag]: 'what somebody wrote' });
    }
    for (const { properties } of allContainers(changed)) {
      Object.assign(properties, { image: 'their image', command: ['their', 'command', '!'] });
    }

    const back = takeBack(changed, applied);
    expect(back.tags ?? {}).toEqual(changed.tags ?? {});
    for (const { properties } of allContainers(back)) {
      expect(properties).toMatchObject({ image: 'their image', command: ['their', 'command', '!'] });
    }
  });

  law('needs no secret: none is in the record, nor are the mark and what the job supplies', (live, asked) => {
    const { applied } = launch(live, asked);

    expect(JSON.stringify(applied)).not.toContain(canary);
    for (const { name: container, environmentVariables } of applied.containers) {
      const { env, secureEnv } = asked.overrides.containers?.[container] ?? {};
      for (const { name } of environmentVariables) {
        expect(Object.keys({ ...env, ...secureEnv })).toContain(name);
      }
    }
  });

  law('passes over containers that the group no longer has', (live, asked) => {
    const { after, applied } = launch(live, asked);
    const renamed: AppliedOverrides = {
      tags: [],
      containers: applied.containers.map((container) => ({ ...container, name: `${container.name}-gone` })),
    };

    expect(takeBack(after, renamed)).toStrictEqual(after);
  });
});

function containerNamed(document: ContainerGroupDocument, name: string) {
  const found = allContainers(document).find((container) => container.name === name);
  if (found === undefined) {
    throw new Error(`no container ${name}`);
  }
  return found;
}
