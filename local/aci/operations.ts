import { randomUUID } from 'node:crypto';
import type { Provisioning } from './life/groupLife.ts';

/** A long-running operation, as its URL is polled. */
export type Operation = { operationId: string; startTime: string; status: Provisioning };

export type Operations = {
  begin(startTime: string): Operation;
  find(operationId: string): Operation | undefined;
};

/** More are forgotten, oldest first, as ARM forgets its own in time. */
const kept = 10_000;

export function createOperations(): Operations {
  const operations = new Map<string, Operation>();
  return {
    begin(startTime) {
      const operation: Operation = { operationId: randomUUID(), startTime, status: 'Pending' };
      operations.set(operation.operationId, operation);
      const [oldest] = operations.keys();
      if (operations.size > kept && oldest !== undefined) {
        operations.delete(oldest);
      }
      return operation;
    },
    find: (operationId) => operations.get(operationId.toLowerCase()),
  };
}
