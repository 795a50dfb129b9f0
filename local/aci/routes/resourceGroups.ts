import { locationRequired } from '../armErrors.ts';
import { readContent } from '../document/readContent.ts';
import { type Answer, refuse } from '../http/answer.ts';
import type { Cloud } from './cloud.ts';
import type { ArmRequest } from './route.ts';
import { refuseResourceGroupName, refuseSubscriptionId } from './scope.ts';

/** PUT of a resource group: brings it, and its subscription, into being. Of its content only the location is kept. */
export function putResourceGroup({ store }: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', resourceGroup = '' } = request.params;
  const error = refuseSubscriptionId(request) ?? refuseResourceGroupName(request);
  if (error) {
    return refuse(error);
  }
  const read = readContent(request.body);
  if ('error' in read) {
    return refuse(read.error);
  }
  const { location } = read.content;
  if (typeof location !== 'string') {
    return refuse(locationRequired());
  }
  const isNew = !store.resourceGroup(subscriptionId, resourceGroup);
  const stored = store.ensureResourceGroup(subscriptionId, resourceGroup);
  stored.location = location;
  return {
    status: isNew ? 201 : 200,
    body: {
      id: `/subscriptions/${subscriptionId}/resourceGroups/${stored.name}`,
      name: stored.name,
      type: 'Microsoft.Resources/resourceGroups',
      location,
      properties: { provisioningState: 'Succeeded' },
    },
  };
}
