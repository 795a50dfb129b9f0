import { LauncherError } from '../../aci/errors.ts';
import type { JsonObject } from '../../aci/json.ts';

/** A row as the table holds it now. Its value is JSON of at most 900 KiB; the table's own limit is 1 MiB. */
export type Row = { key: string; value: JsonObject; etag: string };

/**
 * One change of a commit. `create` wants no row of this key to be there, `replace` the row with this ETag, `put` takes whatever is there.
 */
export type RowChange =
  | { action: 'create' | 'put'; key: string; value: JsonObject }
  | { action: 'replace'; key: string; value: JsonObject; etag: string };

/** Which rows of a partition, in the order of their keys (UTF-16 code units; keys are ASCII). */
export type RowRange = { from: string; before: string; top: number };

/**
 * The rows of a table, by partition and key. Every call may reject with `StorageError`, and is made once: a commit that was
 * rejected so may have been made all the same, now or a little later.
 */
export type Rows = {
  get(partition: string, key: string): Promise<Row | undefined>;
  /** The first `top` rows whose key is at least `from` and below `before`. */
  list(partition: string, range: RowRange): Promise<Row[]>;
  /** All of the changes or none (100 at most, each of another row). Rejects with `RowConflict` when a row is not as the changes want it. */
  commit(partition: string, changes: readonly RowChange[]): Promise<void>;
  /** Deletes rows, as many as there are of these; not all at once. */
  delete(partition: string, keys: readonly string[]): Promise<void>;
};

/** A row was not as the commit wanted it: nothing was changed, unless by an earlier try of the same commit. */
export class RowConflict extends LauncherError {
  readonly code = 'RowConflict';

  constructor(cause?: unknown) {
    super('Somebody else changed the state of the run at the same time.', { cause });
    this.name = 'RowConflict';
  }
}

/** The storage account did not do what it was asked, or did not say that it did. */
export class StorageError extends LauncherError {
  readonly code = 'StorageUnavailable';

  constructor(what: string, cause?: unknown) {
    super(
      `The storage account of the app did not answer as it should: ${what}. Check AzureWebJobsStorage, and that the app may use tables and queues in it.`,
      { cause },
    );
    this.name = 'StorageError';
  }
}
