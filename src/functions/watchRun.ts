import { takeStep } from '../runs/step/takeStep.ts';
import type { Collaborators } from './collaborators.ts';
import { sentBack, workedOn } from './queues/messageHandler.ts';
import type { QueueFunction } from './queues/queueFunction.ts';
import { readWatchMessage } from './queues/readMessage.ts';
import * as queueTriggers from './triggers/queueTriggers.ts';

/** Takes the next step of a run, whenever a message says that it is time to look. */
export function watchRun({ requests }: Collaborators): QueueFunction {
  return {
    ...queueTriggers.watchRun,
    handler: workedOn(readWatchMessage, requests.watchQueue, (message) => takeStep(requests, message)),
  };
}

/** No run is given up because looking at it failed for a while. */
export function watchRunPoison({ requests }: Collaborators): QueueFunction {
  return {
    ...queueTriggers.watchRunPoison,
    handler: sentBack(readWatchMessage, requests.watchQueue),
  };
}
