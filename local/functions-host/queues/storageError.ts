/** What the storage SDKs throw; a class of theirs would have to be loaded to be asked for. */
type StorageError = Error & { code?: string; statusCode?: number };

/** In one line: the service's own words come with request ids and times below. */
export function describeStorageError(error: unknown): string {
  const { code, message } = error as StorageError;
  const [firstLine] = String(message ?? error).split('\n');
  return code && !firstLine?.includes(code) ? `${code} ${firstLine}`.trim() : (firstLine ?? '');
}

/** Whether a message is no longer ours: its time was over and somebody else has taken, or done, it. */
export function isTakenByOther(error: unknown): boolean {
  const { code, statusCode } = error as StorageError;
  return statusCode === 404 || code === 'PopReceiptMismatch';
}

export function isQueueNotFound(error: unknown): boolean {
  return (error as StorageError).code === 'QueueNotFound';
}
