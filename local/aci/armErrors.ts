import type { Principal } from '../identity/principal.ts';
import { maxDepth } from './json.ts';

/** An answer in which ARM refuses something: an HTTP status with the code and message of its envelope. */
export type ArmError = { status: number; code: string; message: string; headers?: Record<string, string> };

// Codes, statuses and messages as recorded from the real service (facts/aci.md). [U] marks what no record shows.

/** Json.NET's own words go into the quotes. They never quote a value: it could be a secret. */
export function invalidRequestContent(detail: string): ArmError {
  return {
    status: 400,
    code: 'InvalidRequestContent',
    message: `The request content was invalid and could not be deserialized: '${detail}'.`,
  };
}

export function contentTooDeep(): ArmError {
  return invalidRequestContent(`The reader's MaxDepth of ${maxDepth} has been exceeded.`);
}

export function contentTooLarge(limit: number): ArmError {
  // [U]
  return {
    status: 413,
    code: 'RequestContentTooLarge',
    message: `The request content size exceeds the maximum size of ${limit} bytes.`,
  };
}

export function invalidRequestUri(): ArmError {
  // [U]
  return { status: 400, code: 'InvalidRequestUri', message: 'The request URI is invalid.' };
}

export function authenticationFailed(): ArmError {
  return {
    status: 401,
    code: 'AuthenticationFailed',
    message: "Authentication failed. The 'Authorization' header is missing.",
    headers: { 'WWW-Authenticate': 'Bearer' },
  };
}

export function invalidAuthenticationToken(why: string): ArmError {
  return {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: why,
    headers: { 'WWW-Authenticate': `Bearer error="invalid_token", error_description="${why}"` },
  };
}

export function missingApiVersion(): ArmError {
  return {
    status: 400,
    code: 'MissingApiVersionParameter',
    message: 'The api-version query parameter (?api-version=) is required for all requests.',
  };
}

export function noRegisteredProviderFound(
  type: string,
  apiVersion: string,
  supported: readonly string[],
): ArmError {
  return {
    status: 400,
    code: 'NoRegisteredProviderFound',
    message: `No registered resource provider found for API version '${apiVersion}' for type '${type}'. The supported api-versions are '${supported.join(', ')}'.`,
  };
}

/** Recorded in whole. */
export function authorizationFailed(principal: Principal, action: string, scope: string): ArmError {
  return {
    status: 403,
    code: 'AuthorizationFailed',
    message: `The client '${principal.clientId}' with object id '${principal.objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  };
}

export function linkedAuthorizationFailed(
  principal: Principal,
  action: string,
  scope: string,
  linked: { action: string; scope: string },
): ArmError {
  return {
    status: 403,
    code: 'LinkedAuthorizationFailed',
    message: `The client '${principal.clientId}' with object id '${principal.objectId}' has permission to perform action '${action}' on scope '${scope}'; however, it does not have permission to perform action '${linked.action}' on the linked scope(s) '${linked.scope}' or the linked scope(s) are invalid.`,
  };
}

export function missingSubscriptionRegistration(): ArmError {
  return {
    status: 409,
    code: 'MissingSubscriptionRegistration',
    message: "The subscription is not registered to use namespace 'Microsoft.ContainerInstance'.",
  };
}

/** ARM's own bucket is empty. https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/subscriptionrequeststhrottled-error */
export function subscriptionRequestsThrottled(
  kind: string,
  subscriptionId: string | undefined,
  actor: string,
  seconds: number,
): ArmError {
  // [U] the words for what belongs to no subscription.
  const whose = subscriptionId === undefined ? 'tenant' : `subscription '${subscriptionId}'`;
  return {
    status: 429,
    code: 'SubscriptionRequestsThrottled',
    message: `Number of '${kind}' requests for ${whose} actor '${actor}' exceeded. Please try again after '${seconds}' seconds.`,
    headers: { 'Retry-After': String(seconds) },
  };
}

/** @param interval hours, minutes and seconds, as in `00:05:00`. */
export function resourceRequestsThrottled(
  action: string,
  limit: number,
  interval: string,
  seconds: number,
): ArmError {
  return {
    status: 429,
    code: 'ResourceRequestsThrottled',
    message: `Number of requests for action '${action}' exceeded the limit of '${limit}' for time interval '${interval}'. Please try again after '${seconds}' seconds.`,
    headers: { 'Retry-After': String(seconds) },
  };
}

export function invalidResourceType(path: string): ArmError {
  return {
    status: 404,
    code: 'InvalidResourceType',
    message: `The resource type or operation could not be found: '${path}'.`,
  };
}

export function invalidSubscriptionId(subscriptionId: string): ArmError {
  return {
    status: 400,
    code: 'InvalidSubscriptionId',
    message: `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`,
  };
}

export function subscriptionNotFound(subscriptionId: string): ArmError {
  return {
    status: 404,
    code: 'SubscriptionNotFound',
    message: `The subscription '${subscriptionId}' could not be found.`,
  };
}

export function invalidResourceGroup(resourceGroup: string): ArmError {
  // [U]
  return {
    status: 400,
    code: 'InvalidResourceGroup',
    message: `The resource group name '${resourceGroup}' is invalid: 1 to 90 letters, digits, '.', '_', '-', '(' and ')', not ending with '.'.`,
  };
}

export function resourceGroupNotFound(resourceGroup: string): ArmError {
  return {
    status: 404,
    code: 'ResourceGroupNotFound',
    message: `Resource group '${resourceGroup}' could not be found.`,
  };
}

export function resourceGroupBeingDeleted(resourceGroup: string): ArmError {
  return {
    status: 409,
    code: 'ResourceGroupBeingDeleted',
    message: `The resource group '${resourceGroup}' is in deprovisioning state and cannot perform this operation.`,
  };
}

export function resourceNotFound(resourceGroup: string, name: string): ArmError {
  return {
    status: 404,
    code: 'ResourceNotFound',
    message: `The Resource 'Microsoft.ContainerInstance/containerGroups/${name}' under resource group '${resourceGroup}' was not found.`,
  };
}

export function operationNotFound(operationId: string): ArmError {
  // [U]
  return { status: 404, code: 'NotFound', message: `The operation '${operationId}' could not be found.` };
}

export function locationRequired(): ArmError {
  return {
    status: 400,
    code: 'LocationRequired',
    message: 'The location property is required for this definition.',
  };
}

export function invalidResourceLocation(
  name: string,
  resourceGroup: string,
  old: string,
  wanted: string,
): ArmError {
  return {
    status: 409,
    code: 'InvalidResourceLocation',
    message: `The resource '${name}' already exists in location '${old}' in resource group '${resourceGroup}'. A resource with the same name cannot be created in location '${wanted}'. Please select a new resource name.`,
  };
}

export function invalidQueryParameter(name: string, wanted: string): ArmError {
  // [U]
  return {
    status: 400,
    code: 'InvalidQueryParameter',
    message: `The query parameter '${name}' is invalid: it must be ${wanted}.`,
  };
}

export function internalServerError(): ArmError {
  return { status: 500, code: 'InternalServerError', message: 'The emulator failed; its log says why.' };
}
