import type { TransactionAction } from '@azure/data-tables';
import { toEntity } from './rowCodec.ts';
import type { RowChange } from './rows.ts';

/** A transaction takes no more: https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions */
export const mostActions = 100;

/**
 * The transaction that makes all of these changes or none.
 * @throws RangeError when there are too many, two of the same row, or a row is none that a table takes.
 */
export function actionsOf(partition: string, changes: readonly RowChange[]): TransactionAction[] {
  if (changes.length > mostActions || new Set(changes.map(({ key }) => key)).size < changes.length) {
    throw new RangeError(`A commit is of ${mostActions} changes at most, each of another row.`);
  }
  return changes.map((change) => actionOf(partition, change));
}

function actionOf(partition: string, change: RowChange): TransactionAction {
  const entity = toEntity(partition, change.key, change.value);
  switch (change.action) {
    case 'create':
      return ['create', entity];
    case 'put':
      return ['upsert', entity, 'Replace'];
    case 'replace':
      return ['update', entity, 'Replace', { etag: change.etag }];
  }
}
