import fc from 'fast-check';
import {
  allContainers,
  type ContainerGroupDocument,
  type EnvironmentVariable,
} from '../../../src/aci/document.ts';
import { isBare } from '../../../src/aci/plan/environmentVariables.ts';
import type { ContainerOverrides, LaunchOverrides } from '../../../src/aci/plan/overrides.ts';
import type { Secret } from '../../../src/aci/plan/secrets.ts';

/** A secret value that a test looks for where it must not be. */
export const canary = 's3cret-canary';

/** What a launch of these tests asks. */
export type Asked = { overrides: LaunchOverrides; tags: Record<string, string> };

/** Few names, so that overrides meet live variables, and each other, often; some are one name to Windows. */
const name = fc.constantFrom('A', 'a', 'AB', '_', 'PATH', 'Path', 'constructor');
const tagName = fc.constantFrom('stage', 'Stage', 'owner', 'constructor');
const text = fc.string({ maxLength: 5 }).filter((value) => !value.includes('\0'));
const command = fc.array(text, { maxLength: 2 });

const variable: fc.Arbitrary<EnvironmentVariable> = fc.oneof(
  fc.record(
    { name, value: text, futureMember: fc.jsonValue() },
    { requiredKeys: ['name', 'value'], noNullPrototype: true },
  ),
  fc.record({ name, secureValueReference: fc.string() }, { noNullPrototype: true }),
  fc.record({ name }, { noNullPrototype: true }),
);

const liveContainer = (containerName: string, isWindows: boolean) =>
  fc
    .record(
      {
        image: text,
        command: fc.option(command),
        environmentVariables: fc.option(
          fc.uniqueArray(variable, { selector: (each) => (isWindows ? each.name.toUpperCase() : each.name) }),
        ),
        resources: fc.constant({ requests: { cpu: 1, memoryInGB: 1.5 } }),
        futureMember: fc.jsonValue(),
      },
      { requiredKeys: [], noNullPrototype: true },
    )
    .map((properties) => ({ name: containerName, properties }));

/** A group as ARM answers it, whatever it runs, with the mark of an earlier run or without. */
export const liveGroup: fc.Arbitrary<ContainerGroupDocument> = fc
  .record({ isWindows: fc.boolean(), markedAt: fc.option(fc.nat(4)) })
  .chain(({ isWindows, markedAt }) =>
    fc
      .record(
        {
          location: fc.constant('westeurope'),
          futureMember: fc.jsonValue(),
          tags: fc.option(
            fc.uniqueArray(fc.tuple(tagName, text), { selector: ([key]) => key.toLowerCase() }),
          ),
          containers: fc.tuple(liveContainer('main', isWindows), liveContainer('side', isWindows)),
          initContainers: fc.option(fc.tuple(liveContainer('init', isWindows))),
          futureProperty: fc.jsonValue(),
        },
        { noNullPrototype: true },
      )
      .map(({ location, futureMember, tags, ...properties }) => {
        const group = {
          location,
          futureMember,
          tags: tags && Object.fromEntries(tags),
          properties: { osType: isWindows ? 'Windows' : 'Linux', restartPolicy: 'Never', ...properties },
        } as ContainerGroupDocument;
        return markedAt === null ? group : markAt(group, markedAt);
      }),
  );

function markAt(group: ContainerGroupDocument, index: number): ContainerGroupDocument {
  for (const { properties } of allContainers(group)) {
    const mark = [
      { name: 'RUN_ID', value: 'an earlier run' },
      { name: 'RUN_ATTEMPT', value: '1' },
    ];
    properties.environmentVariables = (properties.environmentVariables ?? []).toSpliced(index, 0, ...mark);
  }
  return group;
}

const containerOverrides: fc.Arbitrary<ContainerOverrides> = fc
  .record(
    {
      variables: fc.uniqueArray(
        fc.tuple(name, fc.oneof(text, fc.jsonValue({ maxDepth: 1 }), fc.constant(null)), fc.boolean()),
        { selector: ([each]) => each },
      ),
      command,
      image: text,
    },
    { requiredKeys: ['variables'], noNullPrototype: true },
  )
  .map(({ variables, ...members }) => ({
    ...members,
    env: Object.fromEntries(variables.filter(([, , secure]) => !secure)),
    secureEnv: Object.fromEntries(
      variables.filter(([, , secure]) => secure).map(([each]) => [each, `${canary}-${each}`]),
    ),
  }));

/** What a launch may ask of the containers that the group has, and of its tags. */
export function askedOf(group: ContainerGroupDocument): fc.Arbitrary<Asked> {
  const names = allContainers(group).map(({ name: containerName }) => containerName);
  return fc.record(
    {
      overrides: fc
        .uniqueArray(fc.tuple(fc.constantFrom(...names), containerOverrides), { selector: ([each]) => each })
        .map((containers) => ({ containers: Object.fromEntries(containers) })),
      tags: fc
        .uniqueArray(fc.tuple(tagName, text), { selector: ([key]) => key.toLowerCase() })
        .map((tags) => Object.fromEntries(tags)),
    },
    { noNullPrototype: true },
  );
}

/** A job's secrets for every secure variable of the group. */
export function secretsFor(group: ContainerGroupDocument): Secret[] {
  return allContainers(group).flatMap(({ name: container, properties }) =>
    (properties.environmentVariables ?? [])
      .filter(isBare)
      .map((bare) => ({ container, env: bare.name, value: `${canary}-of-the-job` })),
  );
}
