import { Server } from 'node:net';

/**
 * Runs `start`, and makes every server that begins to listen meanwhile, without saying on which address, listen on
 * 127.0.0.1 alone.
 *
 * With HTTP streaming the library opens a server by `server.listen(callback)`, which takes calls from the whole
 * network (src/http/httpProxy.ts). The real worker lives in a container; this host lives on someone's machine.
 * @returns what `start` returned, and the servers, which nobody else could close.
 */
export async function listenOnLoopback<Result>(
  start: () => Promise<Result>,
): Promise<{ result: Result; servers: Server[] }> {
  const servers: Server[] = [];
  const original = Server.prototype.listen;
  const listen = new Proxy(original, {
    apply(target, self: Server, args: unknown[]) {
      servers.push(self);
      return Reflect.apply(target, self, withLoopbackHost(args));
    },
  });
  Server.prototype.listen = listen;
  try {
    return { result: await start(), servers };
  } finally {
    Server.prototype.listen = original;
  }
}

/** `listen(callback)` and `listen(port, callback)` with the address; every other form names one itself. */
function withLoopbackHost(args: unknown[]): unknown[] {
  const [first, second] = args;
  if (first === undefined || typeof first === 'function') {
    return [0, '127.0.0.1', ...args];
  }
  if (typeof first === 'number' && typeof second !== 'string' && typeof second !== 'number') {
    return [first, '127.0.0.1', ...args.slice(1)];
  }
  return args;
}
