import type { ContainerGroupId } from '../../../src/aci/containerGroupId.ts';
import { parseContainerGroupId, resourceIdOf } from '../../../src/aci/containerGroupId.ts';
import type { ContainerGroups } from '../../../src/aci/containerGroups.ts';
import type { ContainerGroupDocument } from '../../../src/aci/document.ts';
import { ArmError } from '../../../src/aci/errors.ts';
import { type Mark, readMark } from '../../../src/aci/mark.ts';
import { isAlive, isRunning, type Life, viewOf } from './containerLife.ts';
import { type Process, perform, type World } from './process.ts';

/** A write that had its effect. `endsAt` is when the first container first ends by itself. */
export type Launched = {
  group: string;
  at: number;
  mark: Mark;
  document: ContainerGroupDocument;
  endsAt: number;
};
export type Stopped = { group: string; at: number };
export type Outside = { group: string; at: number; kind: 'stop' | 'put' | 'delete' };

/** Container groups as ARM holds them: a write takes its time, then the containers run for as long as their variables say. */
export type ArmModel = {
  launched: Launched[];
  stopped: Stopped[];
  /** What somebody else than the product did. */
  outside: Outside[];
  put(document: ContainerGroupDocument): void;
  /** Somebody else writes the group without marks, stops it or deletes it. */
  interfere(kind: Outside['kind'], id: ContainerGroupId, document: ContainerGroupDocument): void;
  /** The groups as one process uses them, with whatever goes wrong on its way. */
  as(process: Process): ContainerGroups;
  /** What runs in a group at a time. */
  isRunning(group: string, at: number): boolean;
  groups(): string[];
  lifeOf(group: string): Life | undefined;
};

export type Writes = {
  /** Told of every write that has its effect, before it has. */
  onWrite: (group: string, kind: 'put' | 'stop') => void;
  /** Told of every write that a process sends, as it sends it. */
  onSend: (group: string, kind: 'put' | 'stop', process: Process) => void;
};

const provisionMs = 8_000;
const startMs = 1_000;
const staleMs = 20_000;
const onceMs = 180_000;

export function createArmModel(world: World, { onWrite, onSend }: Writes): ArmModel {
  const { timeline, random } = world;
  /** What was so since when; the last is so now. */
  const histories = new Map<string, { since: number; life: Life | undefined }[]>();
  const missedAt = new Map<string, number>();
  const launched: Launched[] = [];
  const stopped: Stopped[] = [];
  const outside: Outside[] = [];
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
    const exitCodes = (variable('EXITS') ?? '0').split(',').map(Number);
    const attempt = launched.filter(
      ({ mark, group }) => mark.runId === readMark(document)?.runId && group === document.id?.toLowerCase(),
    ).length;
    const { restartPolicy } = document.properties;
    return {
      document: structuredClone(document),
      at,
      settledAt,
      startedAt,
      endedAt: startedAt + Number(variable('SECONDS') ?? '5') * 1000,
      exitCodes: exitCodes.slice(
        restartPolicy === 'OnFailure' ? 0 : Math.min(attempt, exitCodes.length - 1),
        restartPolicy === 'OnFailure' ? undefined : Math.min(attempt, exitCodes.length - 1) + 1,
      ),
      isBase: false,
    };
  }

  function get(id: ContainerGroupId, at: number): ContainerGroupDocument {
    const life = lifeAt(keyOf(id), at);
    if (life === undefined) {
      throw notFound(id);
    }
    return viewOf(life, at);
  }

  /** That a group is not there is wrong now and then, not again and again, whatever makes it wrong: two such answers are believed. */
  function miss(id: ContainerGroupId): ContainerGroupDocument {
    const key = keyOf(id);
    if (timeline.now() < (missedAt.get(key) ?? 0) + onceMs) {
      return get(id, timeline.now());
    }
    missedAt.set(key, timeline.now());
    throw notFound(id);
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
      launched.push({ group: key, at: timeline.now(), mark, document: written, endsAt: next.endedAt });
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
    halt(key, life);
  }

  function halt(key: string, life: Life): void {
    if (life.stoppedAt === undefined && isAlive(life, timeline.now())) {
      change(key, { ...life, stoppedAt: timeline.now() });
    }
  }

  return {
    launched,
    stopped,
    outside,
    put(document) {
      const id = parseContainerGroupId(document.id ?? '');
      const life = { ...begin(document), settledAt: 0, startedAt: 1_000, endedAt: 2_000, isBase: true };
      change(id ? keyOf(id) : '', life);
    },
    interfere(kind, id, document) {
      const key = keyOf(id);
      const life = lifeAt(key, timeline.now());
      if (life === undefined || timeline.now() < life.settledAt) {
        return; // ARM would refuse it
      }
      outside.push({ group: key, at: timeline.now(), kind });
      if (kind === 'stop') {
        halt(key, life);
      } else {
        change(key, kind === 'delete' ? undefined : begin(document));
      }
    },
    isRunning(key, at) {
      const life = lifeAt(key, at);
      return life !== undefined && isRunning(life, at);
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
            stale: () => {
              const at = timeline.now() - random.between(1_000, staleMs);
              return lifeAt(keyOf(id), at) ? get(id, at) : miss(id);
            },
            missing: () => miss(id),
          }),
        createOrUpdate: (id, document) => {
          onSend(keyOf(id), 'put', process);
          return perform(world, process, { name: 'arm.put', work: () => put(id, document) });
        },
        stop: (id) => {
          onSend(keyOf(id), 'stop', process);
          return perform(world, process, { name: 'arm.stop', work: () => stop(id) });
        },
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
                  ? [{ id, document: withoutViews(viewOf(life, timeline.now())) }]
                  : [];
              }),
          }),
        update: unused,
        start: unused,
        restart: unused,
        listMetrics: unused,
        listSubscriptions: unused,
      };
    },
  };
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
