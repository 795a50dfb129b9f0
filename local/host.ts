import { join } from 'node:path';
import type { Log, LogLevel } from './functions-host/coreApi.ts';
import { HostError } from './functions-host/hostError.ts';
import { type Host, startHost } from './functions-host/startHost.ts';
import { readOptions, readPort } from './options.ts';

const usage = `Serves this app on http://localhost, standing in for \`func start\`.

  node local/host.ts [--port N] [--enable-auth] [--verbose]

  --port N        port on 127.0.0.1; 0 takes a free one (default 7071)
  --enable-auth   ask for function keys, made anew and printed at every start
  --verbose       also what the worker and the library log for their own sake, and stack traces
  --help          this text`;

// The emulators are on this machine, and the Azure SDKs would look for them behind the proxy of whoever has one set.
process.env['NO_PROXY'] = [process.env['NO_PROXY'], 'localhost', '127.0.0.1', '::1']
  .filter(Boolean)
  .join(',');

const quietLevels: readonly LogLevel[] = ['trace', 'debug'];
const loudLevels: readonly LogLevel[] = ['warning', 'error', 'critical'];

const { values } = readOptions(usage, {
  port: { type: 'string', default: '7071' },
  'enable-auth': { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
});
const options = {
  port: readPort(usage, values.port),
  enableAuth: values['enable-auth'],
  verbose: values.verbose,
};
const log: Log = (level, message) => {
  if (loudLevels.includes(level)) {
    console.error(`${level}: ${message}`);
  } else if (options.verbose || !quietLevels.includes(level)) {
    console.log(message);
  }
};

// Whoever started this process and died cannot stop it, nor read what it prints.
process.once('disconnect', () => process.exit(0));
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => process.exit(1));
}

try {
  process.once('uncaughtException', fail);
  const host = await startHost({ ...options, appDirectory: join(import.meta.dirname, '..'), log });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void host.close().then(() => process.exit(0), fail));
  }
  // A promise that a function forgot ends the real worker, and the host starts another: the app stays up.
  process.off('uncaughtException', fail);
  process.on('uncaughtException', (error) => log('error', `Uncaught in the app: ${error.stack ?? error}`));
  printFunctions(host);
  console.log(`Host listening on ${host.url}`);
  process.send?.({ ready: { url: host.url, keys: host.keys } });
} catch (error) {
  fail(error);
}

/** The message says what is wrong; where it was thrown is for --verbose, or for faults of the host itself. */
function fail(error: unknown): never {
  console.error(error instanceof HostError && !options.verbose ? error.message : error);
  process.exit(1);
}

function printFunctions({ url, functions, queueFunctions, timerFunctions, keys }: Host): void {
  console.log('\nFunctions:\n');
  for (const { name, methods, route } of functions) {
    console.log(`        ${name}: [${methods.join(',')}] ${url}${route}`);
  }
  for (const name of queueFunctions) {
    console.log(`        ${name}: queueTrigger`);
  }
  for (const name of timerFunctions) {
    console.log(`        ${name}: timerTrigger`);
  }
  if (keys) {
    console.log(`\nKeys (header x-functions-key, or ?code=):\n`);
    console.log(`        master: ${keys.master}`);
    console.log(`        host: ${keys.host}`);
    for (const [name, key] of Object.entries(keys.functions)) {
      console.log(`        ${name}: ${key}`);
    }
  }
  console.log('');
}
