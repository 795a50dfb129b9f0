import { createRequire } from 'node:module';
import type { AzuriteAddresses } from './azurite.ts';

// Azurite itself, in a process of ours: its own would stay behind when whoever started it is killed. What it stores
// is in memory, so there is nothing to save on the way out.
for (const reason of ['disconnect', 'SIGTERM', 'SIGINT'] as const) {
  process.on(reason, () => process.exit(0));
}

// Azurite says where it listens in its log and nowhere else.
const addresses: Partial<AzuriteAddresses> = {};
const log = console.log;
console.log = (...line: unknown[]) => {
  log(...line);
  const [, service, address] =
    /^Azurite (Blob|Queue|Table) service is successfully listening at (\S+)$/.exec(String(line[0])) ?? [];
  if (service === 'Blob' || service === 'Queue' || service === 'Table') {
    addresses[service] = address ?? '';
    if (Object.keys(addresses).length === 3) {
      process.send?.({ ready: addresses });
    }
  }
};

createRequire(import.meta.url)('azurite/dist/src/azurite.js');
