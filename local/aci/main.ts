import { parseArgs } from 'node:util';
import { startEmulator } from './emulator.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, strict: { type: 'boolean', default: false } },
});

const emulator = await startEmulator({
  port: Number(values.port),
  strict: values.strict,
  // Standard output is for the three lines below, which a script may read.
  log: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(
  `ARM_ENDPOINT=${emulator.armEndpoint}\nIDENTITY_ENDPOINT=${emulator.identityEndpoint}\nIDENTITY_HEADER=${emulator.identityHeader}\n`,
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void emulator.close());
}
