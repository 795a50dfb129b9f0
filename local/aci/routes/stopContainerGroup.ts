import { type Answer, refuse } from '../http/answer.ts';
import type { Cloud } from './cloud.ts';
import { findIdleGroup } from './findGroup.ts';
import type { ArmRequest } from './route.ts';

/** POST stop: ends a group's containers and keeps the group, its state and its logs; answers once all have ended. */
export async function stopContainerGroup(cloud: Cloud, request: ArmRequest): Promise<Answer> {
  const stored = findIdleGroup(cloud, request);
  if ('error' in stored) {
    return refuse(stored.error);
  }
  await stored.life.stop();
  return { status: 204 };
}
