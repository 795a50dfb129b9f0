import type { JsonObject } from '../../../src/aci/json.ts';
import type { MessageQueue } from '../../../src/runs/queue/messages.ts';
import { type RowEntity, toEntity } from '../../../src/runs/store/rowCodec.ts';
import { type Row, type RowChange, RowConflict, type Rows } from '../../../src/runs/store/rows.ts';
import { type Process, perform, type World } from './process.ts';

/** A table, as one process after another uses it. */
export type TableModel = {
  as(process: Process): Rows;
  rowsOf(partition: string): Row[];
  valueOf(partition: string, key: string): JsonObject | undefined;
  /** Told of every commit that had its effect. */
  onCommit: (partition: string, changes: readonly RowChange[]) => void;
  /** Told of the values of rows that are about to go. */
  onDelete: (rows: Row[]) => void;
};

const mostChanges = 100;

/** With the limits of a table: a row that is too large is a fault of our own. */
export function createTableModel(world: World): TableModel {
  const partitions = new Map<string, Map<string, { text: string; etag: string }>>();
  let writes = 0;
  const rowsIn = (partition: string) => {
    const rows = partitions.get(partition) ?? new Map();
    partitions.set(partition, rows);
    return rows as Map<string, { text: string; etag: string }>;
  };
  const rowOf = (key: string, { text, etag }: { text: string; etag: string }): Row => ({
    key,
    value: JSON.parse(text) as JsonObject,
    etag,
  });
  const keysOf = (partition: string) => [...rowsIn(partition).keys()].sort();
  const rowsAt = (partition: string, keys: readonly string[]) =>
    keys.flatMap((key) => {
      const row = rowsIn(partition).get(key);
      return row ? [rowOf(key, row)] : [];
    });
  const etag = () => {
    writes += 1;
    return `"${writes}"`;
  };

  const model: TableModel = {
    rowsOf: (partition) => rowsAt(partition, keysOf(partition)),
    valueOf: (partition, key) => {
      const row = rowsIn(partition).get(key);
      return row && rowOf(key, row).value;
    },
    onCommit: () => {},
    onDelete: () => {},
    as: (process) => ({
      get: (partition, key) =>
        perform(world, process, {
          name: 'rows.get',
          work: () => {
            const row = rowsIn(partition).get(key);
            return row && rowOf(key, row);
          },
        }),
      list: (partition, { from, before, top }) =>
        perform(world, process, {
          name: 'rows.get',
          work: () =>
            rowsAt(
              partition,
              keysOf(partition)
                .filter((key) => key >= from && key < before)
                .slice(0, top),
            ),
        }),
      commit: (partition, changes) =>
        perform(world, process, {
          name: 'rows.commit',
          work: () => {
            const rows = rowsIn(partition);
            const fits = changes.every((change) => isAsWanted(rows.get(change.key)?.etag, change));
            if (!fits) {
              throw new RowConflict();
            }
            if (
              changes.length > mostChanges ||
              new Set(changes.map(({ key }) => key)).size < changes.length
            ) {
              throw new RangeError('A commit is of 100 changes at most, each of another row.');
            }
            const texts = changes.map(({ key, value }) => textOf(toEntity(partition, key, value)));
            for (const [index, { key }] of changes.entries()) {
              rows.set(key, { text: texts[index] ?? '', etag: etag() });
            }
            model.onCommit(partition, changes);
          },
          disturb: () => {
            const rows = rowsIn(partition);
            const changed = changes.find(({ action }) => action === 'replace');
            const row = changed && rows.get(changed.key);
            if (changed && row) {
              rows.set(changed.key, { ...row, etag: etag() });
            }
          },
        }),
      delete: (partition, keys) =>
        perform(world, process, {
          name: 'rows.commit',
          work: () => {
            const rows = rowsIn(partition);
            model.onDelete(rowsAt(partition, keys));
            for (const key of keys) {
              rows.delete(key);
            }
          },
        }),
    }),
  };
  return model;
}

/** @param etag of the row as it is; undefined when there is none. */
function isAsWanted(etag: string | undefined, change: RowChange): boolean {
  switch (change.action) {
    case 'put':
      return true;
    case 'create':
      return etag === undefined;
    case 'replace':
      return etag === change.etag;
  }
}

function textOf({ partitionKey: _, rowKey: __, ...chunks }: RowEntity): string {
  return Object.values(chunks).join('');
}

/** A queue whose messages are handed to whoever `deliver`s them. */
export type QueueModel<Message> = {
  as(process: Process): MessageQueue<Message>;
  /** How many messages there are of each run, also those that nobody sees yet. */
  waiting(): Message[];
};

/** How long a message stays away that a process took and died with. */
const hiddenMs = 60_000;
const pollMs = 2_000;

/**
 * @param handle starts a process for a message; resolves with whether the message is done, and never when the process died.
 */
export function createQueueModel<Message>(
  world: World,
  handle: (message: Message, onDeath: () => void) => Promise<boolean>,
): QueueModel<Message> {
  const { timeline, random, faults } = world;
  const messages = new Set<{ text: string }>();

  function enqueue(text: string, delayMs: number): void {
    const message = { text };
    messages.add(message);
    deliverLater(message, delayMs);
  }

  function deliverLater(message: { text: string }, delayMs: number): void {
    timeline.at(timeline.now() + delayMs + random.between(0, pollMs), () => deliver(message));
  }

  function deliver(message: { text: string }): void {
    if (!messages.has(message)) {
      return;
    }
    const fault = faults.draw('queue.deliver');
    if (fault === 'crash before') {
      deliverLater(message, hiddenMs);
      return;
    }
    if (fault === 'duplicate message') {
      timeline.at(timeline.now() + random.between(0, 10_000), () => run(message, false));
    }
    run(message, fault === 'crash after');
  }

  /** @param isForgotten whether the host dies before it can say that the message is done. */
  function run(message: { text: string }, isForgotten: boolean): void {
    let isDead = false;
    const back = (delayMs: number) => {
      if (!isDead) {
        isDead = true;
        deliverLater(message, delayMs);
      }
    };
    void handle(JSON.parse(message.text) as Message, () => back(hiddenMs)).then((isDone) => {
      if (isForgotten || !isDone) {
        back(isForgotten ? hiddenMs : 30_000);
      } else {
        messages.delete(message);
      }
    });
  }

  return {
    waiting: () => [...messages].map(({ text }) => JSON.parse(text) as Message),
    as: (process) => ({
      send: (message, delaySeconds) => {
        const text = JSON.stringify(message);
        const work = () => enqueue(text, delaySeconds * 1000);
        return perform(world, process, { name: 'queue.send', work, twice: work });
      },
    }),
  };
}
