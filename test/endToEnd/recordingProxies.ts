import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';

export type Listening = { port: number; close: () => Promise<void> };

async function listen(server: Server): Promise<Listening> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Hands requests for tokens on to an identity endpoint, and tells of every token that it gives. */
export async function recordTokens(
  identityEndpoint: string,
  onToken: (token: string) => void,
): Promise<Listening & { identityEndpoint: string }> {
  const { pathname, origin } = new URL(identityEndpoint);
  const forward: RequestListener = async (request, response) => {
    const answer = await fetch(`${origin}${request.url}`, {
      headers: { 'x-identity-header': String(request.headers['x-identity-header']) },
    });
    const body = await answer.text();
    onToken((JSON.parse(body) as { access_token?: string }).access_token ?? 'no token at all');
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body);
  };
  const listening = await listen(createServer((request, response) => void forward(request, response)));
  return { ...listening, identityEndpoint: `http://localhost:${listening.port}${pathname}` };
}

/** Hands calls on to ARM, and tells of each with its headers. */
export async function recordCalls(
  armEndpoint: string,
  onCall: (call: { method: string; path: string; headers: IncomingHttpHeaders }) => void,
): Promise<Listening & { armEndpoint: string }> {
  const forward: RequestListener = async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    onCall({ method, path: url, headers });
    const body = method === 'GET' ? undefined : await text(request);
    const sent = new Headers({ authorization: headers.authorization ?? '', accept: 'application/json' });
    if (body) {
      sent.set('content-type', 'application/json');
    }
    const answer = await fetch(`${armEndpoint}${url}`, { method, headers: sent, ...(body && { body }) });
    response
      .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
      .end(await answer.text());
  };
  const listening = await listen(createServer((request, response) => void forward(request, response)));
  return { ...listening, armEndpoint: `http://localhost:${listening.port}` };
}

/** Hands requests on to a service of a storage account, and tells of all that they bring there: method, URL and body. */
export async function recordStorage(
  endpoint: string,
  onWrite: (request: string) => void,
): Promise<Listening & { endpoint: string }> {
  const { port, pathname } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true });
  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers } = request;
    const body = await buffer(request);
    if (method !== 'GET') {
      onWrite(`${method} ${url}\n${body}`);
    }
    const forwarded = send({ host: '127.0.0.1', port, method, path: url, headers, agent });
    forwarded.on('error', () => response.destroy()); // the caller sees what it would have seen: a connection that breaks
    forwarded.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      answer.pipe(response);
    });
    forwarded.end(body);
  };
  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.destroy());
  });
  const { port: own, close } = await listen(server);
  return {
    port: own,
    endpoint: `http://127.0.0.1:${own}${pathname}`,
    async close() {
      await close();
      agent.destroy();
    },
  };
}

/** Takes callbacks, and answers with the status that their path ends with. */
export async function receiveCallbacks(onCallback: (headersAndBody: string) => void): Promise<Listening> {
  const receive: RequestListener = async (request, response) => {
    onCallback(JSON.stringify([request.headers, await text(request)]));
    response.writeHead(Number(/\d+$/.exec(request.url?.split('?')[0] ?? '')?.[0] ?? 200)).end();
  };
  return listen(createServer((request, response) => void receive(request, response)));
}
