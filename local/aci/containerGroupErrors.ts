import type { ArmError } from './armErrors.ts';

// What only container groups are refused with; codes, statuses and messages as recorded (facts/aci.md), [U] where not.

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

/** @param quota what the usages call it: `ContainerGroups`, `StandardCores`. */
export function containerGroupQuotaReached(
  quota: string,
  region: string,
  { limit, usage, requested }: { limit: number; usage: number; requested: number },
): ArmError {
  return {
    status: 400,
    code: 'ContainerGroupQuotaReached',
    message: `Resource type 'Microsoft.ContainerInstance/containerGroups' container group quota '${quota}' exceeded in region '${region}'. Limit: '${limit}', Usage: '${usage}' Requested: '${requested}'.`,
  };
}

/** @param resources in the service's own words, as in `'4' CPU '16' GB memory 'Linux' OS virtual network`. */
export function serviceUnavailable(region: string, resources: string): ArmError {
  // 409, not 503; recorded in whole: virtual-kubelet#592.
  return {
    status: 409,
    code: 'ServiceUnavailable',
    message: `The requested resource is not available in the location '${region}' at this moment. Please retry with a different resource request or in another location. Resource requested: ${resources}`,
  };
}

/** @param registry the address of a registry, without a path. */
export function registryErrorResponse(registry: string): ArmError {
  return {
    status: 409,
    code: 'RegistryErrorResponse',
    message: `An error response is received from the docker registry '${registry}'. Please retry later.`,
  };
}

export function inaccessibleImage(image: string, name: string): ArmError {
  return {
    status: 400,
    code: 'InaccessibleImage',
    message: `The image '${image}' in container group '${name}' is not accessible. Please check the image and registry credential.`,
  };
}
