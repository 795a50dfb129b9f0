import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GroupName, groupOfPath } from './groups.ts';

/** A plain server of launches, in a process that ends with whoever started it. */
export function serveLaunches(
  launch: (group: GroupName, env: object) => Promise<void>,
  list?: () => Promise<object>,
): void {
  for (const reason of ['disconnect', 'SIGTERM', 'SIGINT'] as const) {
    process.on(reason, () => process.exit(0));
  }
  const answer = async (request: IncomingMessage): Promise<object> => {
    const group = groupOfPath(request.url ?? '');
    if (group === undefined) {
      return (await list?.()) ?? {};
    }
    const { env } = JSON.parse(await bodyOf(request)) as { env: object };
    await launch(group, env);
    return { containerGroup: group.name };
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (body) => {
        response.writeHead(202, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      },
      (error: unknown) => {
        response.writeHead(500).end(String(error));
      },
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.({ ready: { url: `http://localhost:${port}` } });
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
