import { isObject } from '../../aci/json.ts';
import type { CallbackMessage, WatchMessage } from '../../runs/queue/messages.ts';
import { createdAtOf } from '../../runs/runId.ts';

/** The message as it was sent; undefined for anything else that may be in the queue. */
export function readWatchMessage(message: unknown): WatchMessage | undefined {
  if (!isObject(message)) {
    return undefined;
  }
  const { containerGroup, runId, generation, queuedAt } = message;
  return typeof containerGroup === 'string' &&
    isRunId(runId) &&
    typeof queuedAt === 'number' &&
    (generation === undefined || typeof generation === 'number')
    ? { containerGroup, runId, queuedAt, ...(generation !== undefined && { generation }) }
    : undefined;
}

/** The message as it was sent; undefined for anything else that may be in the queue. */
export function readCallbackMessage(message: unknown): CallbackMessage | undefined {
  if (!isObject(message)) {
    return undefined;
  }
  const { containerGroup, runId, tries } = message;
  return typeof containerGroup === 'string' &&
    isRunId(runId) &&
    typeof tries === 'number' &&
    Number.isInteger(tries) &&
    tries >= 0
    ? { containerGroup, runId, tries }
    : undefined;
}

/** What is none may be no key of the table either: such a message would fail, and be sent again, for ever. */
function isRunId(value: unknown): value is string {
  return typeof value === 'string' && createdAtOf(value) !== undefined;
}
