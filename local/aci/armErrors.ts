import { maxDepth } from './json.ts';

/** An answer in which ARM refuses something: an HTTP status with the code and message of its envelope. */
export type ArmError = { status: number; code: string; message: string };

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
  };
}

export function invalidAuthenticationToken(why: string): ArmError {
  return { status: 401, code: 'InvalidAuthenticationToken', message: why };
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

export function containerGroupTransitioning(name: string): ArmError {
  return {
    status: 409,
    code: 'ContainerGroupTransitioning',
    message: `The container group '${name}' is still transitioning, please retry later.`,
  };
}

export function invalidContainerGroupUpdate(
  name: string,
  member: string,
  old: string,
  wanted: string,
): ArmError {
  return {
    status: 400,
    code: 'InvalidContainerGroupUpdate',
    message: `The updates on container group '${name}' are invalid. If you are going to update the ${member} (old "${old}", new "${wanted}") for a container group, you must delete it first and then create a new one.`,
  };
}

export function containerGroupDeploymentNotReady(name: string): ArmError {
  // [U] The status: 409 or 400.
  return {
    status: 409,
    code: 'ContainerGroupDeploymentNotReady',
    message: `The deployment for container group '${name}' is not ready yet, please retry later.`,
  };
}

export function containerNotFound(container: string, name: string): ArmError {
  // [U]
  return {
    status: 404,
    code: 'ContainerNotFound',
    message: `The container '${container}' in container group '${name}' could not be found.`,
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
