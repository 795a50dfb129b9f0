import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../clock.ts';
import { createIdentityEndpoint } from '../identity/identityEndpoint.ts';
import { createTokens, type MintedToken } from '../identity/tokens.ts';
import { createSelfSigned } from './certificate/selfSigned.ts';
import { answerControl } from './control/answerControl.ts';
import { mintFor } from './control/mintFor.ts';
import type { MintedFor } from './control/readTokenOrder.ts';
import { createCloud, killAll, resetCloud } from './createCloud.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { answerArm } from './http/answerArm.ts';
import { answerIdentity } from './http/answerIdentity.ts';
import { createBefall } from './http/befall.ts';
import { createHandler, identityPath, type RecordedRequest } from './http/createHandler.ts';
import { createSchedule } from './life/schedule.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { parsePropertySchema } from './schema/propertySchema.ts';
import { defaultTimings, type Timings } from './timings.ts';

export type EmulatorOptions = {
  /** 0, the default, takes a free one. */
  port?: number;
  /** Whether it is served over https, with a certificate made for this run. */
  https?: boolean;
  clock?: Clock;
  /** Whether a resource group must be created before anything is written to it, as with ARM. */
  strict?: boolean;
  timings?: Partial<Timings>;
  /** Quotas and throttles; the service's own unless given. `noLimits` of limits.ts switches them off. */
  limits?: Partial<Limits>;
  /** How many resources one answer lists; all of them unless given. */
  pageSize?: number;
  /** Ids of subscriptions that exist from the start, and after a reset. */
  subscriptions?: readonly string[];
  /** Whether a PUT with members that the table of properties does not name is refused; true unless given. */
  rejectUnknownMembers?: boolean;
  /** Takes a line for each request: method, path, status. */
  log?: (line: string) => void;
};

export type Emulator = {
  /** `http://localhost:PORT`, or https. */
  armEndpoint: string;
  identityEndpoint: string;
  identityHeader: string;
  /** What a client must trust, in PEM; undefined over http. */
  certificate: string | undefined;
  /** Every request to ARM, in the order of their answers; the last 10,000 of them. */
  requests: readonly RecordedRequest[];
  /** What goes wrong on purpose. */
  faults: Faults;
  /** A token for a caller of its own, or for the one named. */
  mintToken(of?: MintedFor): MintedToken;
  /**
   * Forgets everything but its tokens, which clients keep: what was written, the faults, the requests, the counts
   * of the throttles. Ends every process, and drops every request that waits for its answer.
   */
  reset(): Promise<void>;
  /** Kills every container's process and ends the listener. */
  close(): Promise<void>;
};

const keptRequests = 10_000;

/**
 * Starts Azure Container Instances behind ARM's routes, and a managed identity endpoint, on this machine alone.
 * @throws Error with the code EADDRINUSE when the port is taken.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { clock = systemClock, log = () => undefined } = options;
  const cloud = createCloud({
    schema: readSchema(),
    clock,
    timings: { ...defaultTimings, ...options.timings },
    limits: { ...defaultLimits, ...options.limits },
    strict: options.strict ?? false,
    rejectUnknownMembers: options.rejectUnknownMembers ?? true,
    subscriptions: options.subscriptions ?? [],
    pageSize: options.pageSize,
  });
  const tokens = createTokens(clock);
  const mintToken = (of: MintedFor = {}) => mintFor(tokens, of);
  const identityHeader = randomBytes(16).toString('hex');
  const identity = createIdentityEndpoint(tokens, identityHeader);
  const faults = createFaults();
  const schedule = createSchedule(clock);
  const befall = createBefall(faults, schedule, log);
  const requests: RecordedRequest[] = [];

  async function reset() {
    schedule.cancel();
    faults.clear();
    dropWaiting();
    requests.length = 0;
    await resetCloud(cloud);
  }

  const scheme = options.https ? 'https' : 'http';
  const { listener, dropWaiting } = createHandler({
    scheme,
    arm: (request) => answerArm({ cloud, tokens, befall }, request),
    identity: (request) => answerIdentity(identity, befall, request),
    control: (request) => answerControl({ faults, reset, mintToken, secret: identityHeader }, request),
    now: clock.now,
    record(request) {
      requests.push(request);
      if (requests.length > keptRequests) {
        requests.shift();
      }
    },
    log,
  });
  const selfSigned = options.https ? createSelfSigned(Date.now()) : undefined;
  const server = selfSigned
    ? createHttpsServer({ key: selfSigned.key, cert: selfSigned.certificate }, listener)
    : createServer(listener);
  // Node.js would close a connection that was idle for 5 s, in the face of a caller that is about to use it; ARM keeps it for longer.
  server.keepAliveTimeout = 0;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  const measuring = createSchedule(clock);
  function measureAgain() {
    cloud.meter.measure();
    measuring.after(cloud.timings.measureMs, measureAgain);
  }
  measureAgain();

  // Containers are process groups of their own: without this they would outlive the emulator.
  const killOnExit = () => void killAll(cloud.lives);
  process.once('exit', killOnExit);

  const armEndpoint = `${scheme}://localhost:${(server.address() as AddressInfo).port}`;
  return {
    armEndpoint,
    identityEndpoint: `${armEndpoint}${identityPath}`,
    identityHeader,
    certificate: selfSigned?.certificate,
    requests,
    faults,
    mintToken,
    reset,
    async close() {
      process.off('exit', killOnExit);
      schedule.cancel();
      measuring.cancel();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, killAll(cloud.lives)]);
    },
  };
}

function readSchema() {
  return parsePropertySchema(
    readFileSync(new URL('./container-group-properties.tsv', import.meta.url), 'utf8'),
  );
}
