import { startHttpHost } from './httpHost.ts';

for (const reason of ['disconnect', 'SIGTERM', 'SIGINT'] as const) {
  process.on(reason, () => process.exit(0));
}

// Not awaited: it is bundled to CommonJS, too.
void startHttpHost(process.argv[2] ?? '').then((url) => process.send?.({ ready: { url } }));
