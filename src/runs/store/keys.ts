import { type ContainerGroupId, resourceIdOf } from '../../aci/containerGroupId.ts';
import { foldCase } from '../../aci/foldCase.ts';

/** The partition of a container group: all of its runs, and who holds it, are in it, so that one transaction can change both. */
export function partitionOf({ subscriptionId, resourceGroup, name }: ContainerGroupId): string {
  return [subscriptionId, resourceGroup, name].map(foldCase).join('|');
}

/** Whether two ids are of the same container group; ARM ignores case. */
export function isSameGroup(one: ContainerGroupId, other: ContainerGroupId): boolean {
  return foldCase(resourceIdOf(one)) === foldCase(resourceIdOf(other));
}

export const headKey = 'head';

/** Rows are read in the order of their keys, and the newest run is to come first: each digit of its id, which starts with its time, is turned round. */
export function runKey(runId: string): string {
  return `run-${runId.toLowerCase().replace(/[0-9a-f]/g, (digit) => (15 - Number.parseInt(digit, 16)).toString(16))}`;
}

/** All of a partition's runs, as a range of keys. */
export const allRuns = { from: 'run-', before: 'run.' } as const;

export function requestKey(runId: string): string {
  return `request-${runId.toLowerCase()}`;
}

/** @param hash of the idempotency key, hexadecimal. */
export function idempotencyKey(hash: string): string {
  return `key-${hash}`;
}

export function logKey(runId: string, task: number, container: string): string {
  return `log-${runId.toLowerCase()}-${String(task).padStart(3, '0')}-${container}`;
}

/** All logs of a run, as a range of keys. */
export function logKeys(runId: string): { from: string; before: string } {
  const start = `log-${runId.toLowerCase()}`;
  return { from: `${start}-`, before: `${start}.` };
}
