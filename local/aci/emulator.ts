import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../clock.ts';
import { createIdentityEndpoint } from '../identity/identityEndpoint.ts';
import { createTokens } from '../identity/tokens.ts';
import { answerArm } from './http/answerArm.ts';
import { createHandler, identityPath, type RecordedRequest } from './http/createHandler.ts';
import { createOperations } from './operations.ts';
import type { Cloud } from './routes/cloud.ts';
import { createRoutes } from './routes/table.ts';
import { parsePropertySchema } from './schema/propertySchema.ts';
import { createStore } from './store.ts';
import { defaultTimings, type Timings } from './timings.ts';

export type EmulatorOptions = {
  /** 0, the default, takes a free one. */
  port?: number;
  clock?: Clock;
  /** Whether a resource group must be created before anything is written to it, as with ARM. */
  strict?: boolean;
  timings?: Partial<Timings>;
  /** Whether a PUT with members that the table of properties does not name is refused; true unless given. */
  rejectUnknownMembers?: boolean;
  /** Takes a line for each request: method, path, status. */
  log?: (line: string) => void;
};

export type Emulator = {
  /** `http://localhost:PORT` */
  armEndpoint: string;
  identityEndpoint: string;
  identityHeader: string;
  /** Every request to ARM that was answered, in that order. */
  requests: readonly RecordedRequest[];
  /** Kills every container's process and ends the listener. */
  close(): Promise<void>;
};

/** Starts Azure Container Instances behind ARM's routes, and a managed identity endpoint, on this machine alone. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = options.clock ?? systemClock;
  const cloud: Cloud = {
    store: createStore(),
    operations: createOperations(),
    schema: readSchema(),
    clock,
    timings: { ...defaultTimings, ...options.timings },
    lives: new Set(),
    strict: options.strict ?? false,
    rejectUnknownMembers: options.rejectUnknownMembers ?? true,
  };
  const tokens = createTokens(clock);
  const identityHeader = randomBytes(16).toString('hex');
  const routes = createRoutes(cloud);
  const requests: RecordedRequest[] = [];
  const server = createServer(
    createHandler({
      arm: (request) => answerArm({ routes, tokens }, request),
      identity: createIdentityEndpoint(tokens, identityHeader),
      now: clock.now,
      record: (request) => requests.push(request),
      log: options.log ?? (() => undefined),
    }),
  );
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  const killAll = () => Promise.all([...cloud.lives].map((life) => life.end('kill')));
  // Containers are process groups of their own: without this they would outlive the emulator.
  const killOnExit = () => void killAll();
  process.once('exit', killOnExit);

  const armEndpoint = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    armEndpoint,
    identityEndpoint: `${armEndpoint}${identityPath}`,
    identityHeader,
    requests,
    async close() {
      process.off('exit', killOnExit);
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, killAll()]);
    },
  };
}

function readSchema() {
  return parsePropertySchema(
    readFileSync(new URL('./container-group-properties.tsv', import.meta.url), 'utf8'),
  );
}
