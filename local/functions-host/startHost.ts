import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { systemClock } from '../clock.ts';
import { bufferedCall } from './bufferedCall.ts';
import type { FunctionMetadata, Log } from './coreApi.ts';
import { handleRequest } from './handleRequest.ts';
import { HostError } from './hostError.ts';
import { createInvoke } from './invoke.ts';
import { type FunctionKeys, generateKeys } from './keys.ts';
import { loadApp } from './loadApp.ts';
import { readQueueOptions } from './queues/queueOptions.ts';
import { startQueueTriggers } from './queues/startQueueTriggers.ts';
import { buildRoutes } from './routes.ts';
import { applyLocalSettings, readRoutePrefix } from './settings.ts';
import { startWorker } from './startWorker.ts';
import { createStreamedCall } from './streamedCall.ts';
import { startTimerTriggers } from './timers/startTimerTriggers.ts';
import { isStartedBy, servedTriggers, triggerOf } from './trigger.ts';
import { createWorker } from './worker.ts';

export type HostOptions = {
  /** The folder of the app's host.json and package.json. */
  appDirectory: string;
  /** 0 takes a free one. */
  port: number;
  /** Ask for function keys, which are made anew at every start. Otherwise every call passes. */
  enableAuth?: boolean;
  log: Log;
};

export type Host = {
  /** `http://localhost:7071`, without a slash at its end. */
  url: string;
  /** The HTTP functions in the order in which they are tried; no methods means any. */
  functions: { name: string; methods: string[]; route: string }[];
  /** The names of the functions that run for messages in a queue. */
  queueFunctions: string[];
  /** The names of the functions that run on a schedule. */
  timerFunctions: string[];
  /** With `enableAuth` alone. */
  keys: FunctionKeys | undefined;
  /** Takes no more calls and messages, ends the schedules, lets what runs come to its end (10 s at most), then stops the app. */
  close(): Promise<void>;
};

const drainMilliseconds = 10_000;

/**
 * Serves the HTTP functions of a Functions v4 app on 127.0.0.1 and runs its queue and timer functions, as
 * `func start` would.
 * Once a process: the library holds on to the first host that it meets.
 * @throws HostError when settings, app, routes or port do not allow it.
 */
export async function startHost({ appDirectory, port, enableAuth, log }: HostOptions): Promise<Host> {
  applyLocalSettings(appDirectory, process.env);
  const prefix = readRoutePrefix(appDirectory);
  process.env['AZURE_FUNCTIONS_ENVIRONMENT'] ??= 'Development';
  const queueOptions = readQueueOptions(appDirectory, process.env['AZURE_FUNCTIONS_ENVIRONMENT']);
  let handle = async (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(503, { 'content-length': 0 }).end();
  };
  const running = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const closed = logWhenClosed(request, response, log);
    const handled = handle(request, response)
      .catch((error: unknown) => {
        log('error', `The host failed: ${error instanceof Error ? error.stack : error}`);
        response.destroy();
      })
      .then(() => closed);
    running.add(handled);
    void handled.finally(() => running.delete(handled));
  });
  // Node.js would close a connection that was idle for 5 s, in the face of a caller that is about to use it; Azure's front end takes minutes.
  server.keepAliveTimeout = 0;
  // The port is taken first: apps read their own address from WEBSITE_HOSTNAME while they load.
  const url = `http://localhost:${await listen(server, port)}`;
  process.env['WEBSITE_HOSTNAME'] ??= new URL(url).host;

  try {
    const worker = createWorker(log);
    await loadApp(appDirectory, worker.coreApi);
    const { streamPort, stop } = await startWorker(worker, appDirectory);
    const routes = buildRoutes(worker.functions, prefix);
    warnOfOtherTriggers(worker.functions, log);
    const keys = enableAuth ? generateKeys(routes.map(({ name }) => name)) : undefined;
    const invoke = createInvoke(worker, log);
    const makeCall = streamPort === undefined ? bufferedCall : createStreamedCall(streamPort, log);
    handle = (request, response) => handleRequest({ routes, keys, invoke, makeCall }, request, response);
    const queues = startQueueTriggers({
      functions: worker.functions,
      options: queueOptions,
      environment: process.env,
      invoke,
      log,
    });
    const timers = startTimerTriggers({
      functions: worker.functions,
      environment: process.env,
      clock: systemClock,
      invoke,
      log,
    });
    return {
      url,
      functions: routes.map(({ name, methods, route }) => ({ name, methods: methods ?? [], route })),
      queueFunctions: queues.functions,
      timerFunctions: timers.functions,
      keys,
      async close() {
        server.close();
        await settledWithin([...running, queues.stop(), timers.stop()], drainMilliseconds);
        server.closeAllConnections();
        await stop();
      },
    };
  } catch (error) {
    server.close();
    throw error;
  }
}

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  try {
    await promise;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') {
      throw new HostError(`Port ${port} is taken. Choose another with --port, or 0 for any free one.`, {
        cause,
      });
    }
    throw new HostError(`Cannot listen on port ${port}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/** One line a call, without its query: keys may be in there. */
async function logWhenClosed(request: IncomingMessage, response: ServerResponse, log: Log): Promise<void> {
  const started = performance.now();
  await once(response, 'close');
  const outcome = response.writableFinished ? response.statusCode : 'broken off';
  const milliseconds = Math.round(performance.now() - started);
  log('information', `${request.method} ${request.url?.split('?')[0]} ${outcome} ${milliseconds} ms`);
}

function warnOfOtherTriggers(functions: Iterable<{ metadata: FunctionMetadata }>, log: Log): void {
  for (const { metadata } of functions) {
    if (!servedTriggers.some((type) => isStartedBy(metadata, type))) {
      const type = triggerOf(metadata)?.binding.type;
      log('warning', `${metadata.name}: this stand-in does not run its ${type} yet; func start does.`);
    }
  }
}

async function settledWithin(promises: Promise<void>[], milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([promise, Promise.allSettled(promises)]);
  clearTimeout(timer);
}
