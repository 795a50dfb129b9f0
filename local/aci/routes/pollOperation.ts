import { operationNotFound } from '../armErrors.ts';
import { type Answer, refuse } from '../http/answer.ts';
import type { Cloud } from './cloud.ts';
import type { ArmRequest } from './route.ts';
import { refuseSubscription } from './scope.ts';

/** GET of an operation, which an Azure-AsyncOperation header names: 200 whatever has become of it. */
export function pollOperation(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', location = '', operationId = '' } = request.params;
  const error = refuseSubscription(cloud, request);
  if (error) {
    return refuse(error);
  }
  const operation = cloud.operations.find(operationId);
  if (!operation) {
    return refuse(operationNotFound(operationId));
  }
  return {
    status: 200,
    body: {
      id: `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerInstance/locations/${location}/operations/${operation.operationId}`,
      status: operation.status,
      startTime: operation.startTime,
      properties: { events: [] },
    },
  };
}
