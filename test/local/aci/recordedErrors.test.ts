import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ArmCaller, callArm, groupOf, subscriptionId } from './armCaller.ts';

let arm: ArmCaller;
let token: string;

beforeAll(async () => {
  arm = await callArm();
  token = arm.emulator.mintToken({ clientId: 'c', objectId: 'o' }).token;
});

afterAll(() => arm.emulator.close());

const group = `/subscriptions/${subscriptionId}/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/job`;

// Each row is one of facts/aci.md, Errors, [R] but where its words are cut short there.
test.each([
  [
    'MissingSubscriptionRegistration',
    409,
    "The subscription is not registered to use namespace 'Microsoft.ContainerInstance'.",
  ],
  ['ResourceGroupNotFound', 404, "Resource group 'jobs' could not be found."],
  [
    'ResourceNotFound',
    404,
    "The Resource 'Microsoft.ContainerInstance/containerGroups/job' under resource group 'jobs' was not found.",
  ],
  ['SubscriptionNotFound', 404, `The subscription '${subscriptionId}' could not be found.`],
  [
    'ContainerGroupTransitioning',
    409,
    "The container group 'job' is still transitioning, please retry later.",
  ],
  [
    'ContainerGroupQuotaReached',
    400,
    "Resource type 'Microsoft.ContainerInstance/containerGroups' container group quota 'StandardCores' exceeded in region 'eastus'. Limit: '10', Usage: '10' Requested: '1'.",
  ],
  [
    'ServiceUnavailable',
    409,
    "The requested resource is not available in the location 'westus' at this moment. Please retry with a different resource request or in another location. Resource requested: '4' CPU '16' GB memory 'Linux' OS",
  ],
  [
    'RegistryErrorResponse',
    409,
    "An error response is received from the docker registry 'index.docker.io'. Please retry later.",
  ],
  [
    'InaccessibleImage',
    400,
    "The image 'image' in container group 'job' is not accessible. Please check the image and registry credential.",
  ],
  [
    'AuthorizationFailed',
    403,
    `The client 'c' with object id 'o' does not have authorization to perform action 'Microsoft.ContainerInstance/containerGroups/write' over scope '${group}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  ],
  [
    'LinkedAuthorizationFailed',
    403,
    `The client 'c' with object id 'o' has permission to perform action 'Microsoft.ContainerInstance/containerGroups/write' on scope '${group}'; however, it does not have permission to perform action 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '/subscriptions/${subscriptionId}/resourceGroups/jobs/providers/Microsoft.ManagedIdentity/userAssignedIdentities/identity' or the linked scope(s) are invalid.`,
  ],
  [
    'ResourceRequestsThrottled',
    429,
    "Number of requests for action 'Microsoft.ContainerInstance/containerGroups/write' exceeded the limit of '300' for time interval '01:00:00'. Please try again after '372' seconds.",
  ],
  [
    'SubscriptionRequestsThrottled',
    429,
    `Number of 'write' requests for subscription '${subscriptionId}' actor 'o' exceeded. Please try again after '10' seconds.`,
  ],
])('a fault that names %s has its recorded status and words', async (code, status, message) => {
  arm.emulator.faults.add({ action: 'error', code });
  const reply = await arm.call('PUT', arm.path('job'), groupOf(''), undefined, token);
  expect([reply.status, reply.body]).toEqual([status, { error: { code, message } }]);
  expect(reply.headers.has('retry-after')).toBe(status === 429);
});

test.each([
  [
    'example.azurecr.io/inaccessible:1',
    400,
    'InaccessibleImage',
    "The image 'example.azurecr.io/inaccessible:1' in container group 'job' is not accessible. Please check the image and registry credential.",
  ],
  [
    'example.azurecr.io/registry-error:1',
    409,
    'RegistryErrorResponse',
    "An error response is received from the docker registry 'example.azurecr.io'. Please retry later.",
  ],
  [
    'registry-error',
    409,
    'RegistryErrorResponse',
    "An error response is received from the docker registry 'index.docker.io'. Please retry later.",
  ],
])('[R] the image %s is refused with %i', async (image, status, code, message) => {
  const { status: answered, body } = await arm.put('job', groupOf('', { container: { image } }));
  expect([answered, body]).toEqual([status, { error: { code, message } }]);
});

// [R] virtual-kubelet#143, "contain group" and all.
test('[R] a limit below its request is refused', async () => {
  const resources = { requests: { cpu: 2, memoryInGB: 4 }, limits: { cpu: 1, memoryInGB: 4 } };
  const { status, body } = await arm.put('job', groupOf('', { container: { resources } }));
  expect([status, body]).toEqual([
    400,
    {
      error: {
        code: 'ResourceLimitsLessThanRequests',
        message: `The resource requirement '${JSON.stringify(resources)}' in container 'main' of contain group 'job' is invalid. The 'Cpu' limit value must be greater than or equal to the request value.`,
      },
    },
  ]);
});

// [R] facts/aci.md, Update: the headers and the body of a create.
test('[R] PUT of a new group: 201, an operation, no Retry-After, no Location', async () => {
  const { status, headers, body } = await arm.put('made', groupOf(''));
  expect([status, body.properties.provisioningState]).toEqual([201, 'Pending']);
  expect([headers.get('retry-after'), headers.get('location')]).toEqual([null, null]);
  expect(headers.get('azure-asyncoperation')).toMatch(
    new RegExp(
      `^${arm.emulator.armEndpoint}/subscriptions/${subscriptionId}/providers/Microsoft\\.ContainerInstance/locations/westeurope/operations/[0-9a-f-]{36}\\?api-version=2018-06-01$`,
    ),
  );
});
