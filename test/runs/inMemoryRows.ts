import { toEntity, toRow } from '../../src/runs/store/rowCodec.ts';
import { type Row, type RowChange, RowConflict, type Rows } from '../../src/runs/store/rows.ts';

/** Rows in memory, with the table's own limits: values are copied through JSON, and each write gives a row a new ETag. */
export type InMemoryRows = Rows & {
  /** Every row of a partition, in the order of the keys. */
  rowsOf(partition: string): Row[];
  /** What the next calls of a method reject with; a commit or delete still has its effect when `isEffective`. */
  failures: Partial<Record<keyof Rows, { error: unknown; isEffective?: boolean }>>;
};

export function inMemoryRows(): InMemoryRows {
  const partitions = new Map<string, Map<string, Row>>();
  let writes = 0;

  const rowsIn = (partition: string) => partitions.get(partition) ?? new Map<string, Row>();
  const sorted = (partition: string) =>
    [...rowsIn(partition).values()].sort((one, other) => (one.key < other.key ? -1 : 1)).map(copy);

  function effect(method: keyof Rows, change: () => void): void {
    const failure = memory.failures[method];
    if (!failure || failure.isEffective) {
      change();
    }
    fail(method);
  }

  function fail(method: keyof Rows): void {
    const failure = memory.failures[method];
    if (failure) {
      throw failure.error;
    }
  }

  const memory: InMemoryRows = {
    failures: {},
    rowsOf: sorted,
    async get(partition, key) {
      fail('get');
      const row = rowsIn(partition).get(key);
      return row && copy(row);
    },
    async list(partition, { from, before, top }) {
      fail('list');
      return sorted(partition)
        .filter(({ key }) => key >= from && key < before)
        .slice(0, top);
    },
    async commit(partition, changes) {
      effect('commit', () => {
        const rows = rowsIn(partition);
        if (changes.length > 100 || new Set(changes.map(({ key }) => key)).size < changes.length) {
          throw new RangeError('A commit is of 100 changes at most, each of another row.');
        }
        const written = changes.map(({ key, value }) => {
          writes += 1;
          return toRow({ ...toEntity(partition, key, value), etag: `W/"${writes}"` });
        });
        if (!changes.every((change) => fits(rows.get(change.key), change))) {
          throw new RowConflict();
        }
        for (const row of written) {
          rows.set(row.key, row);
        }
        partitions.set(partition, rows);
      });
    },
    async delete(partition, keys) {
      effect('delete', () => {
        for (const key of keys) {
          rowsIn(partition).delete(key);
        }
      });
    },
  };
  return memory;
}

function fits(row: Row | undefined, change: RowChange): boolean {
  switch (change.action) {
    case 'create':
      return row === undefined;
    case 'replace':
      return row?.etag === change.etag;
    case 'put':
      return true;
  }
}

function copy(row: Row): Row {
  return JSON.parse(JSON.stringify(row)) as Row;
}
