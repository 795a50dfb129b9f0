import type { TransactionAction } from '@azure/data-tables';
import { againWhenCutOff } from '../../aci/againWhenCutOff.ts';
import { withinDeadline } from '../../aci/withinDeadline.ts';
import { toRow } from './rowCodec.ts';
import { type Row, type RowChange, RowConflict, type Rows } from './rows.ts';
import type { StorageConnection } from './storageConnection.ts';
import { answerOf, storageErrorOf } from './storageFailure.ts';
import { actionsOf, mostActions } from './tableActions.ts';
import { openTable, type TableTransport } from './tableTransport.ts';
import { usableCredential } from './usableCredential.ts';

export type AzureRowsOptions = {
  connection: StorageConnection;
  /** Gets the Date header of every answer. */
  observeDate?: (date: string) => void;
  /** How long one request may take. A commit is one, or three where the table is missing. */
  deadlineMs: number;
};

/**
 * Rows in Azure Table Storage, in the table `runs`. The SDK is loaded at the first call; the table is created when a commit
 * misses it.
 */
export function createAzureRows({ connection, observeDate, deadlineMs }: AzureRowsOptions): Rows {
  let table: TableTransport | undefined;

  function request<Result>(
    make: (table: TableTransport, abortSignal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    return withinDeadline(deadlineMs, (abortSignal) => {
      table ??= openTable({
        url: connection.tableUrl,
        name: 'runs',
        credential: usableCredential(connection.credential, deadlineMs),
        observeDate,
      });
      return make(table, abortSignal);
    });
  }

  const submit = (actions: TransactionAction[]) => request((table, signal) => table.submit(actions, signal));

  async function deleteTogether(partition: string, keys: readonly string[]): Promise<void> {
    try {
      await submit(keys.map((rowKey) => ['delete', { partitionKey: partition, rowKey }]));
    } catch (cause) {
      if (answerOf(cause).status !== 404) {
        throw storageErrorOf(cause, deadlineMs);
      }
      if (!isTableMissing(cause) && keys.length > 1) {
        for (const key of keys) {
          await deleteTogether(partition, [key]);
        }
      }
    }
  }

  return {
    async get(partition, key) {
      const entity = await againWhenCutOff(() =>
        request((table, signal) => table.get(partition, key, signal)),
      ).catch((cause: unknown) => {
        if (answerOf(cause).status === 404) {
          return undefined; // the row is not there, or not even the table
        }
        throw storageErrorOf(cause, deadlineMs);
      });
      return entity && toRow(entity);
    },
    async list(partition, range) {
      const rows: Row[] = [];
      let next: string | undefined;
      do {
        const left = { ...range, top: range.top - rows.length };
        const page = await againWhenCutOff(() =>
          request((table, signal) => table.list(partition, left, next, signal)),
        ).catch((cause: unknown) => {
          if (isTableMissing(cause)) {
            return { entities: [], next: undefined };
          }
          throw storageErrorOf(cause, deadlineMs);
        });
        rows.push(...page.entities.map(toRow));
        next = page.next;
      } while (next !== undefined && rows.length < range.top);
      return rows;
    },
    async commit(partition, changes) {
      const actions = actionsOf(partition, changes);
      if (actions.length === 0) {
        return;
      }
      try {
        await submit(actions).catch(async (cause: unknown) => {
          if (!isTableMissing(cause)) {
            throw cause;
          }
          await request((table, signal) => table.create(signal));
          await submit(actions);
        });
      } catch (cause) {
        throw isConflict(cause, changes) ? new RowConflict(cause) : storageErrorOf(cause, deadlineMs);
      }
    },
    async delete(partition, keys) {
      const each = [...new Set(keys)];
      for (let start = 0; start < each.length; start += mostActions) {
        await deleteTogether(partition, each.slice(start, start + mostActions));
      }
    },
  };
}

// https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes
function isTableMissing(cause: unknown): boolean {
  return answerOf(cause).code === 'TableNotFound';
}

/** Neither every 409, for a table may be in deletion, nor every 404: only a replacement misses a row. */
function isConflict(cause: unknown, changes: readonly RowChange[]): boolean {
  const { status, code } = answerOf(cause);
  return (
    status === 412 ||
    (status === 409 && code === 'EntityAlreadyExists') ||
    (status === 404 && code !== 'TableNotFound' && changes.some(({ action }) => action === 'replace'))
  );
}
