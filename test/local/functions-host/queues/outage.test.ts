import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freshStorage } from '../../../storage.ts';
import { until } from '../../../until.ts';
import { createQueue, length, send, startQueueApp } from './queueApp.ts';

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

test('a storage that is down at the start is said once, and messages come when it is up', async () => {
  const storage = freshStorage();
  const queue = await createQueue(storage);
  const endpoint = new URL(/QueueEndpoint=([^;]+)/.exec(storage)?.[1] ?? '');
  const way = createServer((socket) => {
    const onward = connect(Number(endpoint.port), '127.0.0.1');
    socket.pipe(onward).pipe(socket);
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
  });
  const port = await listen(way, 0);
  way.close();
  const host = await startQueueApp({
    connectionString: storage.replace(endpoint.origin, `http://127.0.0.1:${port}`),
    work: `console.log('saw ' + item);`,
  });
  await send(queue, 'one');
  expect(await host.line("Queue 'work-items' cannot be read")).toContain('ECONNREFUSED');
  await listen(way, port);
  onTestFinished(() => void way.close());
  await host.line('saw one');
  await until(async () => (await length(queue)) === 0);
  expect(host.lines).toContain("Queue 'work-items' can be read again.");
  expect(host.lines.filter((line) => line.includes('cannot be read'))).toHaveLength(1);
});
