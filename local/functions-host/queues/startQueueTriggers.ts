import type { Log } from '../coreApi.ts';
import type { Invoke } from '../invoke.ts';
import { isStartedBy } from '../trigger.ts';
import type { RegisteredFunction } from '../worker.ts';
import { connectQueues } from './connectQueues.ts';
import { pollQueue } from './pollQueue.ts';
import type { QueueOptions } from './queueOptions.ts';

export type QueueTriggers = {
  /** The names of the functions that run for messages. */
  functions: string[];
  /** Takes no more messages, and settles when those that are in work are done. */
  stop(): Promise<void>;
};

type Starting = {
  /** All of the app's; those with another trigger are left alone. */
  functions: RegisteredFunction[];
  options: QueueOptions;
  /** Where the settings are that bindings name. */
  environment: NodeJS.ProcessEnv;
  invoke: Invoke;
  log: Log;
};

/**
 * Begins to run the queue functions for what comes into their queues. One whose binding is wrong is named in the log
 * and does not run; the others do, as in the host.
 */
export function startQueueTriggers(starting: Starting): QueueTriggers {
  const stopped = new AbortController();
  const functions = starting.functions.filter(({ metadata }) => isStartedBy(metadata, 'queueTrigger'));
  const running = functions.map((registered) => runForMessages(registered, starting, stopped.signal));
  return {
    functions: functions.map(({ metadata }) => metadata.name),
    async stop() {
      stopped.abort();
      await Promise.all(running);
    },
  };
}

async function runForMessages(
  registered: RegisteredFunction,
  { options, environment, invoke, log }: Starting,
  stopped: AbortSignal,
): Promise<void> {
  const functionName = registered.metadata.name;
  try {
    const queues = await connectQueues(registered.metadata, environment);
    const listener = { functionName, ...queues, options, log };
    await pollQueue({ ...listener, run: (input) => invoke(registered, input) }, stopped);
  } catch (error) {
    log(
      'error',
      `The '${functionName}' function is in error: ${error instanceof Error ? error.message : error}`,
    );
  }
}
