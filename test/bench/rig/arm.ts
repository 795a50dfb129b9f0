import { type Emulator, startEmulator } from '../../../local/aci/emulator.ts';
import { noLimits } from '../../../local/aci/limits.ts';
import { systemClock } from '../../../local/clock.ts';
import { type Estate, groupDocument, groupsOf, resourceId } from './groups.ts';

export type ArmAddresses = Pick<Emulator, 'armEndpoint' | 'identityEndpoint' | 'identityHeader'>;

export type ArmOptions = {
  /** The groups that there are; each has run once. */
  estate: Estate;
  /** How long each call waits before it is served. */
  latencyMs?: number;
  /** From a PUT until provisioning is over. */
  provisioningMs?: number;
};

/** How many groups are created at once. */
const lanes = 16;

/** The ACI emulator without limits, with an estate that came into being in no time. */
export async function startArm({ estate, latencyMs = 0, provisioningMs = 0 }: ArmOptions): Promise<Emulator> {
  let isBuilding = true;
  const clock = {
    now: systemClock.now,
    after: (ms: number, task: () => void) => systemClock.after(isBuilding ? 0 : ms, task),
  };
  const step = provisioningMs / 4;
  const emulator = await startEmulator({
    clock,
    limits: noLimits,
    timings: { pendingMs: step, pullMs: step, createMs: step, settleMs: step, scriptedRunMs: 0 },
  });
  const waiting = groupsOf(estate);
  const { token } = emulator.mintToken();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
        const url = `${emulator.armEndpoint}${resourceId(group)}?api-version=2026-07-01`;
        const answer = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(groupDocument) });
        await answer.arrayBuffer();
      }
    }),
  );
  // The clock of the last group has four steps to go.
  await new Promise((resolve) => setTimeout(resolve, 100));
  isBuilding = false;
  if (latencyMs > 0) {
    emulator.faults.add({ action: 'latency', milliseconds: latencyMs, times: 'always' });
  }
  return emulator;
}
