import { randomBytes } from 'node:crypto';
import { HttpRequest, type HttpRequestInit, HttpResponse, InvocationContext } from '@azure/functions';
import type { ContainerGroups } from '../../src/aci/containerGroups.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Collaborators } from '../../src/functions/collaborators.ts';
import { endpoint, type HttpFunction } from '../../src/functions/http/endpoint.ts';
import { currentTraceparent, inTrace } from '../../src/functions/telemetry/invocation.ts';
import { compileContract } from '../../src/jobs/contractCompiler.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { RunEvent } from '../../src/runs/events/runEvent.ts';
import { tellingRunStore } from '../../src/runs/events/tellingRunStore.ts';
import { createKeyedLock } from '../../src/runs/keyedLock.ts';
import type { CallbackMessage, WatchMessage } from '../../src/runs/queue/messages.ts';
import { newRunId } from '../../src/runs/runId.ts';
import { createSealer } from '../../src/runs/sealing/sealer.ts';
import { createRunStore } from '../../src/runs/store/runStore.ts';
import { createTickets } from '../../src/runs/tickets.ts';
import { type InMemoryQueue, inMemoryQueue } from '../runs/inMemoryQueue.ts';
import { type InMemoryRows, inMemoryRows } from '../runs/inMemoryRows.ts';

export const origin = 'https://jobs.example.org';
export const groupParams = {
  subscriptionId: '11111111-2222-3333-4444-555555555555',
  resourceGroup: 'jobs',
  name: 'nightly',
};
export const groupUrl = `${origin}/api/azure/containers/${groupParams.subscriptionId}/jobs/nightly`;
export const resourceId = `/subscriptions/${groupParams.subscriptionId}/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/nightly`;

/** Collaborators over rows and queues in memory, which a test may look into. */
export type TestCollaborators = Collaborators & {
  rows: InMemoryRows;
  /** What was told so far. */
  events: RunEvent[];
  watchQueue: InMemoryQueue<WatchMessage>;
  callbackQueue: InMemoryQueue<CallbackMessage>;
};

type Given = {
  jobs?: Job[];
  settings?: Record<string, string>;
  now?: () => number;
  /** What happens while somebody waits for a second or less; a longer wait is a deadline, which never comes. */
  onWait?: () => Promise<void> | void;
};

export const launcherSecret = 'a-secret-of-more-than-32-characters';

/** Collaborators over these groups; the clock stands still until a test moves it. */
export function collaboratorsOf(
  containerGroups: ContainerGroups,
  { jobs = [], settings = {}, now = () => Date.parse('2026-01-31T13:00:00Z'), onWait = () => {} }: Given = {},
): TestCollaborators {
  const read: Config = readConfig(
    { appRoot: import.meta.dirname, compileContract },
    { PUBLIC_URL: origin, AzureWebJobsStorage: 'UseDevelopmentStorage=true', ...settings },
  );
  const config = {
    ...read,
    jobs: new Map([...read.jobs, ...jobs.map((job) => [job.name, job] as const)]),
  };
  const { launcherSecrets: secrets } = config;
  const rows = inMemoryRows();
  const events: RunEvent[] = [];
  const watchQueue = inMemoryQueue<WatchMessage>(now);
  const callbackQueue = inMemoryQueue<CallbackMessage>(now);
  let runs = 0;
  let tokens = 0;
  const newToken = () => `token-${++tokens}`;
  return {
    rows,
    events,
    watchQueue,
    callbackQueue,
    config,
    requests: {
      store: tellingRunStore(createRunStore(rows, newToken), (event) => void events.push(event)),
      containerGroups,
      watchQueue,
      callbackQueue,
      now,
      newToken,
      newRunId: () => newRunId(now(), new Uint8Array(16).fill(++runs)),
      secretsOf: (job) => (job === undefined ? [] : config.jobs.get(job)?.secrets),
      sealer: secrets.length > 0 ? createSealer(secrets, randomBytes) : undefined,
      report: () => {},
      traceparent: currentTraceparent,
      inTrace,
      retention: config.runRetentionDays * 86_400_000,
      lock: createKeyedLock(),
      wait: async (milliseconds) => {
        await (milliseconds > 1_000 ? new Promise<never>(() => {}) : onWait());
      },
    },
    tell: (event) => void events.push(event),
    tickets: secrets.length > 0 ? createTickets(secrets) : undefined,
    containerGroupsFor: () => containerGroups,
    checkStorage: () => rows.get('health', 'health'),
    consoleFiles: async () => new Map(),
    now,
    wait: async () => {},
  };
}

type Asked = {
  method?: string;
  url?: string;
  params?: Record<string, string>;
  headers?: Record<string, string>;
  query?: string;
  /** Sent as JSON. */
  body?: unknown;
};

export function requestOf({ method, url, params = {}, headers = {}, query = '', body }: Asked): HttpRequest {
  return new HttpRequest({
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    url: `${url ?? `${origin}/api`}${query}`,
    params,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: { string: JSON.stringify(body) } }),
  });
}

/** A request whose body arrives in these chunks, as one without Content-Length does. */
export function streamedRequest(
  chunks: Iterable<Uint8Array | string>,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): HttpRequest {
  const iterator = chunks[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = iterator.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(typeof value === 'string' ? new TextEncoder().encode(value) : value);
      }
    },
    cancel: () => void iterator.return?.(),
  });
  const nativeRequest = new Request(`${origin}/api`, { method: 'POST', headers, body, duplex: 'half' });
  return new HttpRequest({ nativeRequest } as unknown as HttpRequestInit); // as the worker makes it
}

export type Answer = { status: number; headers: Headers; text: string; json: Json };
// biome-ignore lint/suspicious/noExplicitAny: an answer's body, of which a test looks at what it is about
type Json = any;

/** Calls a function as the host does, and answers what goes over the wire. */
export async function call(
  httpFunction: HttpFunction,
  asked: Asked | HttpRequest = {},
  { isLocal = false, easyAuth = false, logged = [] as unknown[] } = {},
): Promise<Answer> {
  const request = asked instanceof HttpRequest ? asked : requestOf(asked);
  const context = new InvocationContext({
    invocationId: 'an-invocation',
    functionName: httpFunction.name,
    logHandler: (_, ...args) => void logged.push(...args),
  });
  const init = await endpoint(httpFunction, { isLocal, easyAuth, publicOrigin: origin })(request, context);
  const response = new HttpResponse(init as ConstructorParameters<typeof HttpResponse>[0]);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers as unknown as Headers,
    text,
    json: response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : undefined,
  };
}
