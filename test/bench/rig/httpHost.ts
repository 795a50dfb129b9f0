import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleRequest } from '../../../local/functions-host/handleRequest.ts';
import { createInvoke } from '../../../local/functions-host/invoke.ts';
import { loadApp } from '../../../local/functions-host/loadApp.ts';
import { buildRoutes } from '../../../local/functions-host/routes.ts';
import { startWorker } from '../../../local/functions-host/startWorker.ts';
import { createStreamedCall } from '../../../local/functions-host/streamedCall.ts';
import { createWorker } from '../../../local/functions-host/worker.ts';

/**
 * The HTTP functions of an app, and no others: on Flex Consumption those of queues have instances of their own.
 * @param appDirectory the folder of its package.json.
 * @returns where it listens.
 */
export async function startHttpHost(appDirectory: string): Promise<string> {
  const log = () => {};
  const worker = createWorker(log);
  await loadApp(appDirectory, worker.coreApi);
  const { streamPort = 0 } = await startWorker(worker, appDirectory);
  const serving = {
    routes: buildRoutes(worker.functions, 'api'),
    keys: undefined,
    invoke: createInvoke(worker, log),
    makeCall: createStreamedCall(streamPort, log),
  };
  const server = createServer((request, response) => void handleRequest(serving, request, response));
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
