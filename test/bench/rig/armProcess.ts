import { type ArmOptions, startArm } from './arm.ts';

// The emulator, in a process that ends with whoever started it.
for (const reason of ['disconnect', 'SIGTERM', 'SIGINT'] as const) {
  process.on(reason, () => process.exit(0));
}

const { armEndpoint, identityEndpoint, identityHeader } = await startArm(
  JSON.parse(process.argv[2] ?? '') as ArmOptions,
);
process.send?.({ ready: { armEndpoint, identityEndpoint, identityHeader } });
