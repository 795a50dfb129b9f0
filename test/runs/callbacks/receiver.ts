import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { SelfSigned } from '../../../local/aci/certificate/selfSigned.ts';

/** A server that takes callbacks, at 127.0.0.1. */
export type Receiver = {
  port: number;
  /** What it was sent, in order. */
  received: { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }[];
  /** How many connections it was asked for. */
  connections: () => number;
};

/** Starts a receiver on a free port, which ends with the test. Over https when there is a certificate. */
export async function startReceiver(answer: RequestListener, tls?: SelfSigned): Promise<Receiver> {
  const received: Receiver['received'] = [];
  const listener: RequestListener = async (request, response) => {
    const { method = '', url = '', headers } = request;
    received.push({ method, url, headers, body: await text(request).catch(() => '') });
    answer(request, response);
  };
  const server = tls
    ? createHttpsServer({ key: tls.key, cert: tls.certificate }, listener)
    : createHttpServer(listener);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, received, connections: () => connections };
}
