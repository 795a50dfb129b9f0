import { join } from 'node:path';
import { app, output } from '@azure/functions';
import { readConfig } from './config.ts';
import { httpTriggers } from './functions/triggers/httpTriggers.ts';
import { queueTriggers } from './functions/triggers/queueTriggers.ts';
import { timerTriggers } from './functions/triggers/timerTriggers.ts';
import { createHandlers, type Handlers } from './handlers.ts';
import { compileContract } from './jobs/contractCompiler.ts';

// The host waits for this module, so it reads the settings and registers what calls the app, and no more: what answers a call is
// loaded afterwards, by the first call or while the host does its own part of the start.

const appRoot = join(import.meta.dirname, '..');
const config = readConfig({ appRoot, compileContract });
const jobs = [...config.jobs.values()];
let made: Handlers | undefined;
const handlers = () => (made ??= createHandlers(config, appRoot));

app.setup({ enableHttpStream: true }); // without it a chunked request arrives without its body

const httpOutput = output.http({}); // which app.http would make for each function

for (const { name, methods, route, access } of httpTriggers(jobs)) {
  const isOpen = access === 'anonymous' || config.easyAuth; // with it a key would be asked for, too
  const authLevel = isOpen ? 'anonymous' : 'function';
  app.http(name, {
    trigger: { type: 'httpTrigger', name: 'request', methods, route, authLevel }, // without a name it would get a hash of all of it
    return: httpOutput,
    handler: (request, context) => handlers().http(name)(request, context),
  });
}

for (const { name, queueName } of queueTriggers) {
  app.storageQueue(name, {
    queueName,
    connection: 'AzureWebJobsStorage',
    handler: (message, context) => handlers().queue(name)(message, context),
  });
}

for (const { name, schedule, retry } of timerTriggers(jobs)) {
  app.timer(name, { schedule, retry, handler: (timer, context) => handlers().timer(name)(timer, context) });
}

setImmediate(() => {
  Promise.try(() => handlers().warmUp()).catch(() => {}); // the first call meets the same, and can say so
});
