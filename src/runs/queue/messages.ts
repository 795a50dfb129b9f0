/** Asks for a look at a run. */
export type WatchMessage = {
  /** The ARM resource id of the container group that the run is of. */
  containerGroup: string;
  runId: string;
  /** A message of an older generation than the run's own is dropped; one without is always looked at. */
  generation?: number;
  /** When the request of the run queued its first message, in milliseconds since 1970. */
  queuedAt: number;
};

/** Asks for the caller of a run to be told of its end. */
export type CallbackMessage = {
  containerGroup: string;
  runId: string;
  /** How often it was tried before. */
  tries: number;
};

/** A queue whose messages come at least once, in no order, and never expire. `send` may reject with `StorageError`. */
export type MessageQueue<Message> = {
  /** @param delaySeconds how long nobody is to see the message; 7 days at most. */
  send(message: Message, delaySeconds: number): Promise<void>;
};
