import { type QueueTrigger, queueNames } from '../queues/queueFunction.ts';

export const sendCallback: QueueTrigger = { name: 'send-callback', queueName: queueNames.callback };
export const sendCallbackPoison = poisonOf(sendCallback);
export const watchRun: QueueTrigger = { name: 'watch-run', queueName: queueNames.watch };
export const watchRunPoison = poisonOf(watchRun);

/** The triggers of every function that a queue calls. */
export const queueTriggers: readonly QueueTrigger[] = [
  sendCallback,
  sendCallbackPoison,
  watchRun,
  watchRunPoison,
];

/** For what the Functions host could not hand over: it moves that to `<queue>-poison`. */
function poisonOf({ name, queueName }: QueueTrigger): QueueTrigger {
  return { name: `${name}-poison`, queueName: `${queueName}-poison` };
}
