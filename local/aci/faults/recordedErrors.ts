import type { Principal } from '../../identity/principal.ts';
import {
  type ArmError,
  authorizationFailed,
  linkedAuthorizationFailed,
  missingSubscriptionRegistration,
  resourceGroupNotFound,
  resourceNotFound,
  resourceRequestsThrottled,
  subscriptionNotFound,
  subscriptionRequestsThrottled,
} from '../armErrors.ts';
import {
  containerGroupQuotaReached,
  containerGroupTransitioning,
  inaccessibleImage,
  registryErrorResponse,
  serviceUnavailable,
} from '../containerGroupErrors.ts';
import type { FaultError } from './fault.ts';

/** What the messages of errors speak of. */
export type FaultContext = {
  principal: Principal;
  action: string;
  scope: string;
  subscriptionId: string;
  resourceGroup: string;
  name: string;
};

// What a context does not say, the messages take from the records they come from.
const recorded: Record<string, (context: FaultContext) => ArmError> = {
  AuthorizationFailed: ({ principal, action, scope }) => authorizationFailed(principal, action, scope),
  LinkedAuthorizationFailed: ({ principal, action, scope, subscriptionId, resourceGroup }) =>
    linkedAuthorizationFailed(principal, action, scope, {
      action: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
      scope: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/identity`,
    }),
  MissingSubscriptionRegistration: () => missingSubscriptionRegistration(),
  SubscriptionNotFound: ({ subscriptionId }) => subscriptionNotFound(subscriptionId),
  ResourceGroupNotFound: ({ resourceGroup }) => resourceGroupNotFound(resourceGroup),
  ResourceNotFound: ({ resourceGroup, name }) => resourceNotFound(resourceGroup, name),
  ContainerGroupTransitioning: ({ name }) => containerGroupTransitioning(name),
  ContainerGroupQuotaReached: () =>
    containerGroupQuotaReached('StandardCores', 'eastus', { limit: 10, usage: 10, requested: 1 }),
  ServiceUnavailable: () => serviceUnavailable('westus', "'4' CPU '16' GB memory 'Linux' OS"),
  InaccessibleImage: ({ name }) => inaccessibleImage('image', name),
  RegistryErrorResponse: () => registryErrorResponse('index.docker.io'),
  ResourceRequestsThrottled: ({ action }) => resourceRequestsThrottled(action, 300, '01:00:00', 372),
  SubscriptionRequestsThrottled: ({ principal, subscriptionId }) =>
    subscriptionRequestsThrottled('write', subscriptionId, principal.objectId, 10),
};

export function isRecordedError(code: string): boolean {
  return Object.hasOwn(recorded, code);
}

/** The error that a fault names, in the service's words where it leaves them out; undefined when it names none. */
export function faultError(
  { code, status, message, headers }: FaultError,
  context: FaultContext,
): ArmError | undefined {
  if (code === undefined) {
    return undefined;
  }
  const known = isRecordedError(code) ? recorded[code]?.(context) : undefined;
  return {
    code,
    status: status ?? known?.status ?? 500,
    message: message ?? known?.message ?? `The emulator was told to answer ${code}.`,
    headers: { ...known?.headers, ...headers },
  };
}
