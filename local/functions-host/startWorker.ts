import { Server as HttpServer } from 'node:http';
import type { Capabilities } from './coreApi.ts';
import { listenOnLoopback } from './listenOnLoopback.ts';
import type { Worker } from './worker.ts';

/** What the real worker offers, as far as the library asks. */
const capabilities: Capabilities = {
  RawHttpBodyBytes: 'true',
  RpcHttpTriggerMetadataRemoved: 'true',
  RpcHttpBodyOnly: 'true',
  UseNullableValueDictionaryForHttp: 'true',
  TypedDataCollection: 'true',
};

type StartedWorker = {
  /** Where the library's own server listens; undefined when the app does without HTTP streaming. */
  streamPort: number | undefined;
  /** Closes that server and runs the app's terminate hooks; rejects with what they throw. */
  stop(): Promise<void>;
};

/** What follows when all entry points are loaded: start hooks, no more functions, and agreement on capabilities. */
export async function startWorker(worker: Worker, appDirectory: string): Promise<StartedWorker> {
  const hookContext = { hookData: {}, appHookData: worker.appHookData };
  await worker.runHooks('appStart', { ...hookContext, functionAppDirectory: appDirectory });
  worker.lock();
  const { result: agreed, servers } = await listenOnLoopback(
    async () => (await worker.programmingModel()?.getCapabilities?.({ ...capabilities })) ?? {},
  );
  for (const server of servers) {
    if (server instanceof HttpServer) {
      // It would close what was idle for five seconds, and a call that comes just then would break off.
      server.keepAliveTimeout = 0;
    }
  }
  const streamUri = agreed['HttpUri'];
  return {
    streamPort: streamUri === undefined ? undefined : Number(new URL(streamUri).port),
    async stop() {
      for (const server of servers) {
        server.close();
      }
      await worker.runHooks('appTerminate', hookContext);
    },
  };
}
