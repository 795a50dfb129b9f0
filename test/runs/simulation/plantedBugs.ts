import type { ContainerGroupDocument } from '../../../src/aci/document.ts';
import { ArmError } from '../../../src/aci/errors.ts';
import { runEvents } from '../../../src/runs/events/runEvents.ts';
import type { Requests } from '../../../src/runs/request/submitRun.ts';
import type { RunRecord } from '../../../src/runs/runRecord.ts';
import { type RowChange, RowConflict, type Rows } from '../../../src/runs/store/rows.ts';
import { createRunStore } from '../../../src/runs/store/runStore.ts';
import type { PlantedBug } from './simulate.ts';
import { storedRuns } from './simulation.ts';

/** Rows that do something else than what the product asks of them. */
function withRows(tools: Requests, rows: Rows, commit: Rows['commit']): Requests {
  return { ...tools, store: createRunStore({ ...rows, commit }, tools.newToken) };
}

/** A step goes on though somebody else took it first. */
const claimSkipped: PlantedBug = (tools, { table }, process) => {
  const rows = table.as(process);
  return withRows(tools, rows, async (partition, changes) => {
    try {
      await rows.commit(partition, changes);
    } catch (error) {
      if (!(error instanceof RowConflict) || changes.some(({ action }) => action === 'create')) {
        throw error;
      }
    }
  });
};

/** The first message of a run is queued once the run is stored, and not before. */
const watchAfterTheTransaction: PlantedBug = (tools, { table }, process) => {
  const rows = table.as(process);
  const { watchQueue } = tools;
  const late: (() => Promise<void>)[] = [];
  return {
    ...withRows(tools, rows, async (partition, changes) => {
      await rows.commit(partition, changes);
      for (const send of late.splice(0)) {
        await send();
      }
    }),
    watchQueue: {
      async send(message, delaySeconds) {
        const send = () => watchQueue.send(message, delaySeconds);
        if (message.generation === 0) {
          late.push(send);
        } else {
          await send();
        }
      },
    },
  };
};

/** Events are told of what is about to be stored, whether or not it is then. */
const toldBeforeItIsStored: PlantedBug = (tools, { table, happenings }, process) => {
  const store = createRunStore(table.as(process), tools.newToken);
  return {
    ...tools,
    store: {
      ...store,
      commit(group, commit) {
        happenings.push(...runEvents(commit.run.was?.value, commit.run.value));
        return store.commit(group, commit);
      },
    },
  };
};

/** Every message is looked at, also one that was sent before the last look. */
const generationIgnored: PlantedBug = (tools) => ({
  ...tools,
  watchQueue: {
    send: ({ generation: _, ...message }, delaySeconds) => tools.watchQueue.send(message, delaySeconds),
  },
});

/** A PUT without an answer is sent again, as the SDK's own pipeline does. */
const putRetriedByThePipeline: PlantedBug = (tools) => ({
  ...tools,
  containerGroups: {
    ...tools.containerGroups,
    async createOrUpdate(id, document) {
      try {
        return await tools.containerGroups.createOrUpdate(id, document);
      } catch (error) {
        if (error instanceof ArmError && error.outcomeUnknown) {
          return tools.containerGroups.createOrUpdate(id, document);
        }
        throw error;
      }
    },
  },
});

/** The mark tells the run, and not which of its launches: whatever carries it passes for the last. */
const markWithoutAttempt: PlantedBug = (tools, simulation) => ({
  ...tools,
  containerGroups: {
    ...tools.containerGroups,
    async get(id) {
      const document = await tools.containerGroups.get(id);
      const runId = variable(document, 'RUN_ID')?.value;
      const run = storedRuns(simulation).find((each) => each.id === runId);
      const attempt = variable(document, 'RUN_ATTEMPT');
      const task = run?.tasks.find(({ name }) => name === id.name);
      if (attempt && task) {
        attempt.value = String(task.attempt);
      }
      return document;
    },
  },
});

/** What a run replaced in its group is forgotten. */
const beforeNotRestored: PlantedBug = (tools, { table }, process) => {
  const rows = table.as(process);
  return withRows(tools, rows, (partition, changes) =>
    rows.commit(
      partition,
      changes.map((change) =>
        change.key === 'head' ? { ...change, value: { ...change.value, launches: [] } } : change,
      ),
    ),
  );
};

/** A run that is over keeps its group until its callback is on its way. */
const headFreedAfterTheCallback: PlantedBug = (tools, { table }, process) => {
  const rows = table.as(process);
  let held: { partition: string; head: RowChange } | undefined;
  return {
    ...withRows(tools, rows, async (partition, changes) => {
      const isEnd = changes.some(({ value }) => value['end'] !== undefined && value['hasCallback'] === true);
      const head = changes.find(({ key }) => key === 'head');
      held = isEnd && head ? { partition, head } : held;
      await rows.commit(
        partition,
        changes.filter((change) => !isEnd || change !== head),
      );
    }),
    callbackQueue: {
      async send(message, delaySeconds) {
        await tools.callbackQueue.send(message, delaySeconds);
        if (held) {
          await rows.commit(held.partition, [held.head]);
        }
      },
    },
  };
};

/** The messages that tell a run of something at once are lost, where the run is as it is said here. */
function untold(isLost: (run: RunRecord) => boolean): PlantedBug {
  return (tools, simulation) => ({
    ...tools,
    watchQueue: {
      async send(message, delaySeconds) {
        const run = simulation.runs.get(message.runId);
        if (message.generation !== undefined || run === undefined || !isLost(run)) {
          await tools.watchQueue.send(message, delaySeconds);
        }
      },
    },
  });
}

/** The time is asked for once, as if nothing took any. */
const clockReadOnce: PlantedBug = (tools) => {
  const at = tools.now();
  return { ...tools, now: () => at };
};

/** Each machine goes by its own clock, whatever the storage account says. */
const datesIgnored: PlantedBug = (tools, _, { localNow }) => ({ ...tools, now: localNow });

const logsNeverStored: PlantedBug = (tools) => ({
  ...tools,
  store: { ...tools.store, keepLogs: async () => {} },
});

/** All copies of a run are made at once. */
const parallelismIgnored: PlantedBug = (tools, { table }, process) => {
  const rows = table.as(process);
  return withRows(tools, rows, (partition, changes) =>
    rows.commit(
      partition,
      changes.map((change) =>
        change.key.startsWith('run-') ? { ...change, value: { ...change.value, parallelism: 100 } } : change,
      ),
    ),
  );
};

/** The row of a key tells nothing of the body that it came with. */
const fingerprintNotStored: PlantedBug = (tools, { requestOf }) => ({
  ...tools,
  store: {
    ...tools.store,
    async key(group, hash) {
      const key = await tools.store.key(group, hash);
      const fingerprints = [...requestOf.values()].flatMap(
        ({ asked }) => asked.idempotency?.fingerprint ?? [],
      );
      return key && { ...key, value: { ...key.value, fingerprint: fingerprints.at(-1) ?? '' } };
    },
  },
});

/** Everything is as old as it can be when it is swept. */
const sweptTooEarly: PlantedBug = (tools) => ({ ...tools, retention: 0 });

/** Each with the laws that must catch it. */
export const plantedBugs: Record<string, PlantedBug> = {
  'claim skipped': claimSkipped,
  'watch after the transaction': watchAfterTheTransaction,
  'generation ignored': generationIgnored,
  'PUT retried by the pipeline': putRetriedByThePipeline,
  'mark without attempt': markWithoutAttempt,
  '`before` not restored': beforeNotRestored,
  'head freed after the callback': headFreedAfterTheCallback,
  'clock read once': clockReadOnce,
  'dates ignored': datesIgnored,
  'head not woken': untold(({ wish }) => wish === undefined),
  'superseded run not told': untold(({ wish }) => wish?.kind === 'supersede'),
  'logs never stored': logsNeverStored,
  'parallelism ignored': parallelismIgnored,
  'key fingerprint not compared': fingerprintNotStored,
  'told before it is stored': toldBeforeItIsStored,
  'swept too early': sweptTooEarly,
};

function variable({ properties }: ContainerGroupDocument, name: string) {
  return properties.containers[0]?.properties.environmentVariables?.find((each) => each.name === name);
}
