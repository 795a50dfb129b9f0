import { presentContainerGroup } from '../document/presentContainerGroup.ts';
import { type Answer, refuse } from '../http/answer.ts';
import type { Cloud } from './cloud.ts';
import { removeContainerGroup } from './removeContainerGroup.ts';
import type { ArmRequest } from './route.ts';
import { refuseScope } from './scope.ts';

/** DELETE of a container group: answers once it is gone, with what it was; 204 when there was none. */
export async function deleteContainerGroup(cloud: Cloud, request: ArmRequest): Promise<Answer> {
  const { subscriptionId = '', resourceGroup = '', name = '' } = request.params;
  const error = refuseScope(cloud, request);
  if (error) {
    return refuse(error);
  }
  const stored = cloud.store.group(subscriptionId, resourceGroup, name);
  if (!stored) {
    return { status: 204 };
  }
  const how = { schema: cloud.schema, apiVersion: request.apiVersion, withInstanceView: true };
  const body = presentContainerGroup(stored, how);
  // [U] what a second DELETE is told: here both wait for the same end.
  await removeContainerGroup(cloud, stored);
  return { status: 200, body };
}
