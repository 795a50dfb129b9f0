import type { ContainerGroupId } from '../../../src/aci/containerGroupId.ts';
import { parseContainerGroupId, resourceIdOf } from '../../../src/aci/containerGroupId.ts';
import type { ContainerGroups } from '../../../src/aci/containerGroups.ts';
import type { ContainerGroupDocument, ContainerState } from '../../../src/aci/document.ts';
import { ArmError } from '../../../src/aci/errors.ts';
import { type Mark, readMark } from '../../../src/aci/mark.ts';
import { type Process, perform, type World } from './process.ts';

/** One life of a group, from the write that began it. */
type Life = {
  /** As it was written, with its secrets. */
  document: ContainerGroupDocument;
  at: number;
  settledAt: number;
  startedAt: number;
  endedAt: number;
  exitCode: number;
  stoppedAt?: number;
};

/** A write that had its effect. */
export type Launched = { group: string; at: number; mark: Mark; document: ContainerGroupDocument };
export type Stopped = { group: string; at: number };

/** Container groups as ARM holds them: a write takes its time, then the containers run for as long as their variables say. */
export type ArmModel = {
  launched: Launched[];
  stopped: Stopped[];
  put(document: ContainerGroupDocument): void;
  /** The groups as one process uses them, with whatever goes wrong on its way. */
  as(process: Process): ContainerGroups;
  /** What runs in a group at a time. */
  isRunning(group: string, at: number): boolean;
  groups(): string[];
  lifeOf(group: string): Life | undefined;
};

const provisionMs = 8_000;
const startMs = 1_000;
const staleMs = 20_000;
const onceMs = 180_000;

/** @param onWrite told of every write that has its effect, before it has. */
export function createArmModel(
  world: World,
  onWrite: (group: string, kind: 'put' | 'stop') => void,
): ArmModel {
  const { timeline, random } = world;
  /** What was so since when; the last is so now. */
  const histories = new Map<string, { since: number; life: Life | undefined }[]>();
  const missedAt = new Map<string, number>();
  const launched: Launched[] = [];
  const stopped: Stopped[] = [];
  const keyOf = (id: ContainerGroupId) => resourceIdOf(id).toLowerCase();

  function lifeAt(key: string, at: number): Life | undefined {
    return histories.get(key)?.findLast(({ since }) => since <= at)?.life;
  }

  function change(key: string, life: Life | undefined): void {
    const history = histories.get(key) ?? [];
    history.push({ since: timeline.now(), life });
    histories.set(key, history);
  }

  function begin(document: ContainerGroupDocument): Life {
    const at = timeline.now();
    const settledAt = at + random.between(provisionMs / 2, provisionMs * 2);
    const startedAt = settledAt + startMs;
    const variable = (name: string) =>
      document.properties.containers[0]?.properties.environmentVariables?.find((each) => each.name === name)
        ?.value;
    const exits = (variable('EXITS') ?? '0').split(',');
    const attempt = launched.filter(
      ({ mark, group }) => mark.runId === readMark(document)?.runId && group === document.id?.toLowerCase(),
    ).length;
    return {
      document: structuredClone(document),
      at,
      settledAt,
      startedAt,
      endedAt: startedAt + Number(variable('SECONDS') ?? '5') * 1000,
      exitCode: Number(exits[Math.min(attempt, exits.length - 1)]),
    };
  }

  function get(id: ContainerGroupId, at: number): ContainerGroupDocument {
    const life = lifeAt(keyOf(id), at);
    if (life === undefined) {
      throw notFound(id);
    }
    return view(life, at);
  }

  function put(id: ContainerGroupId, document: ContainerGroupDocument): string {
    const key = keyOf(id);
    const life = lifeAt(key, timeline.now());
    if (life && timeline.now() < life.settledAt) {
      throw busy(id);
    }
    const written = { ...structuredClone(document), id: resourceIdOf(id), name: id.name };
    const mark = readMark(written);
    onWrite(key, 'put');
    const next = begin(written);
    change(key, next);
    if (mark) {
      launched.push({ group: key, at: timeline.now(), mark, document: written });
    }
    return 'Pending';
  }

  function stop(id: ContainerGroupId): void {
    const key = keyOf(id);
    const life = lifeAt(key, timeline.now());
    if (life === undefined) {
      throw notFound(id);
    }
    if (timeline.now() < life.settledAt) {
      throw busy(id);
    }
    onWrite(key, 'stop');
    stopped.push({ group: key, at: timeline.now() });
    if (life.stoppedAt === undefined && timeline.now() < life.endedAt) {
      change(key, { ...life, stoppedAt: timeline.now() });
    }
  }

  return {
    launched,
    stopped,
    put(document) {
      const id = parseContainerGroupId(document.id ?? '');
      change(id ? keyOf(id) : '', { ...begin(document), settledAt: 0, startedAt: 1_000, endedAt: 2_000 });
    },
    isRunning(key, at) {
      const life = lifeAt(key, at);
      return (
        life !== undefined && at >= life.startedAt && at < Math.min(life.endedAt, life.stoppedAt ?? Infinity)
      );
    },
    lifeOf: (key) => lifeAt(key, timeline.now()),
    groups: () => [...histories.keys()].filter((key) => lifeAt(key, timeline.now())),
    as(process) {
      const unused = async () => {
        throw new Error('The simulation does not use this.');
      };
      return {
        get: (id) =>
          perform(world, process, {
            name: 'arm.get',
            work: () => get(id, timeline.now()),
            stale: () => get(id, timeline.now() - random.between(1_000, staleMs)),
            missing: () => {
              const key = keyOf(id);
              if (timeline.now() < (missedAt.get(key) ?? 0) + onceMs) {
                return get(id, timeline.now()); // ARM is wrong now and then, not again and again
              }
              missedAt.set(key, timeline.now());
              throw notFound(id);
            },
          }),
        createOrUpdate: (id, document) =>
          perform(world, process, { name: 'arm.put', work: () => put(id, document) }),
        stop: (id) => perform(world, process, { name: 'arm.stop', work: () => stop(id) }),
        listLogs: (id) =>
          perform(world, process, {
            name: 'arm.logs',
            work: () => {
              get(id, timeline.now());
              return 'logged\n';
            },
          }),
        delete: (id) =>
          perform(world, process, { name: 'arm.delete', work: () => change(keyOf(id), undefined) }),
        list: ({ subscriptionId, resourceGroup }) =>
          perform(world, process, {
            name: 'arm.get',
            work: () =>
              [...histories.keys()].flatMap((key) => {
                const life = lifeAt(key, timeline.now());
                const id = parseContainerGroupId(life?.document.id ?? '');
                return life && id?.subscriptionId === subscriptionId && id.resourceGroup === resourceGroup
                  ? [{ id, document: withoutViews(view(life, timeline.now())) }]
                  : [];
              }),
          }),
        update: unused,
        start: unused,
        restart: unused,
        listSubscriptions: unused,
      };
    },
  };
}

/** The group as a GET answers it: without secrets, with what its containers do at that time. */
function view(life: Life, at: number): ContainerGroupDocument {
  const document = structuredClone(life.document);
  const isSettled = at >= life.settledAt;
  document.properties.provisioningState = isSettled ? 'Succeeded' : 'Creating';
  const isStopped = life.stoppedAt !== undefined && at >= life.stoppedAt;
  document.properties.instanceView = { state: isStopped ? 'Stopped' : 'Running' };
  for (const { properties } of document.properties.containers) {
    for (const variable of properties.environmentVariables ?? []) {
      delete variable.secureValue;
    }
    properties.instanceView = { restartCount: 0, currentState: isSettled ? stateOf(life, at) : null };
  }
  return document;
}

function stateOf(life: Life, at: number): ContainerState {
  const time = (milliseconds: number) => new Date(milliseconds).toISOString();
  const startTime = time(life.startedAt);
  if (at < life.startedAt) {
    return { state: 'Waiting' };
  }
  if (life.stoppedAt !== undefined && at >= life.stoppedAt) {
    return {
      state: 'Terminated',
      startTime,
      finishTime: time(life.stoppedAt),
      exitCode: 137,
      detailStatus: 'Container stopped per client request',
    };
  }
  return at < life.endedAt
    ? { state: 'Running', startTime }
    : { state: 'Terminated', startTime, finishTime: time(life.endedAt), exitCode: life.exitCode };
}

function withoutViews(document: ContainerGroupDocument): ContainerGroupDocument {
  for (const { properties } of document.properties.containers) {
    delete properties.instanceView;
  }
  return document;
}

function notFound({ name }: ContainerGroupId): ArmError {
  return new ArmError({ code: 'ResourceNotFound', message: `no group '${name}'`, status: 404 });
}

function busy({ name }: ContainerGroupId): ArmError {
  return new ArmError({ code: 'ContainerGroupTransitioning', message: `'${name}' is busy`, status: 409 });
}
