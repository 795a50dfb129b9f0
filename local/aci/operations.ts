import { randomUUID } from 'node:crypto';
import { createBoundedMap } from './boundedMap.ts';
import type { Provisioning } from './life/groupLife.ts';

/** A long-running operation, as its URL is polled. */
export type Operation = { operationId: string; startTime: string; status: Provisioning };

export type Operations = {
  begin(startTime: string): Operation;
  find(operationId: string): Operation | undefined;
};

export function createOperations(): Operations {
  // ARM forgets its own in time, too.
  const operations = createBoundedMap<string, Operation>(10_000);
  return {
    begin(startTime) {
      const operation: Operation = { operationId: randomUUID(), startTime, status: 'Pending' };
      operations.set(operation.operationId, operation);
      return operation;
    },
    find: (operationId) => operations.get(operationId.toLowerCase()),
  };
}
