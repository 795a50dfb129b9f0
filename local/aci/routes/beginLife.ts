import { randomInt } from 'node:crypto';
import type { ContainerGroup } from '../document/containerGroup.ts';
import { type GroupLife, type Replaced, startGroupLife } from '../life/groupLife.ts';
import { hasEnded } from '../life/instanceView.ts';
import type { Operation } from '../operations.ts';
import type { StoredGroup } from '../store.ts';
import type { Cloud } from './cloud.ts';

/** A group as it is before it comes to life. */
export type LifelessGroup = Omit<StoredGroup, 'life' | 'publicIp' | 'deletion'>;

/**
 * Gives a group a life, in place of the one it had, and stores it.
 *
 * @param isRestart whether the containers' restarts count on from the life before.
 */
export function beginLife(
  { store, operations, clock, timings, lives }: Cloud,
  group: LifelessGroup,
  existing: StoredGroup | undefined,
  isRestart = false,
): { stored: StoredGroup; operation: Operation } {
  const operation = operations.begin(new Date(clock.now()).toISOString());
  const publicIp = choosePublicIp(group.group, existing);
  const replaced = existing && endOf(existing.life, lives, isRestart);
  const onProvisioning = (status: Operation['status']) => {
    operation.status = status;
  };
  const surroundings = { name: group.name, clock, timings, onProvisioning };
  const life = startGroupLife(group.group, surroundings, replaced);
  lives.add(life);
  const stored = { ...group, publicIp, life };
  store.put(stored);
  return { stored, operation };
}

/** A function of its own, lest what it closes over keep every generation of a group alive through the next. */
function endOf(life: GroupLife, lives: Set<GroupLife>, isRestart: boolean): Replaced {
  const ended = life.end('stop');
  void ended.then(() => lives.delete(life));
  return { life, ended, isRestart };
}

/** An address outlives an update, but not of a group that has ended: that one is deployed as new. */
function choosePublicIp(
  { properties }: ContainerGroup,
  existing: StoredGroup | undefined,
): string | undefined {
  if (properties.ipAddress?.type.toLowerCase() !== 'public') {
    return undefined;
  }
  const kept = existing && !hasEnded(existing.life.state()) ? existing.publicIp : undefined;
  return kept ?? `20.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}
