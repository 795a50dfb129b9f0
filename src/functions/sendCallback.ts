import { createCheckedLookup, resolveHost } from '../runs/callbacks/checkedLookup.ts';
import { deliverCallback } from '../runs/callbacks/deliverCallback.ts';
import { presentRun } from '../runs/presentRun.ts';
import type { Collaborators } from './collaborators.ts';
import { callbackRules } from './http/callbackRules.ts';
import { runLinks } from './http/links.ts';
import { sentBack, workedOn } from './queues/messageHandler.ts';
import type { QueueFunction } from './queues/queueFunction.ts';
import { readCallbackMessage } from './queues/readMessage.ts';
import * as queueTriggers from './triggers/queueTriggers.ts';

/** Tells the caller of a run of its end. */
export function sendCallback({ config, requests, tickets, tell }: Collaborators): QueueFunction {
  const rules = callbackRules(config);
  const { publicOrigin, runRetentionDays } = config;
  const delivery = {
    ...requests,
    limits: { ...rules, lookup: createCheckedLookup(resolveHost, rules) },
    signingSecretsOf: (job: string | undefined) => config.jobs.get(job ?? '')?.callbackSecrets ?? [],
    present: (run: Parameters<typeof presentRun>[0]) => ({
      ...presentRun(run),
      ...(publicOrigin !== undefined && {
        links: runLinks(run, { origin: publicOrigin, tickets, runRetentionDays }),
      }),
    }),
    source: `${publicOrigin ?? ''}/api`,
    random: Math.random,
    tell,
  };
  return {
    ...queueTriggers.sendCallback,
    handler: workedOn(readCallbackMessage, requests.callbackQueue, (message) =>
      deliverCallback(delivery, message),
    ),
  };
}

/** A callback is given up after its tries, never for a fault on our side. */
export function sendCallbackPoison({ requests }: Collaborators): QueueFunction {
  return {
    ...queueTriggers.sendCallbackPoison,
    handler: sentBack(readCallbackMessage, requests.callbackQueue),
  };
}
