import { ContainerInstanceManagementClient } from '@azure/arm-containerinstance';
import {
  bearerTokenAuthenticationPolicyName,
  createPipelineRequest,
  type PipelinePolicy,
} from '@azure/core-rest-pipeline';
import { ManagedIdentityCredential } from '@azure/identity';
import { serveLaunches } from './serveLaunches.ts';

// The baseline: what one writes first. The typed SDK, one call after another, and an answer when all is over.
const [endpoint = ''] = process.argv.slice(2);
const secureEndpoint = endpoint.replace(/^http:/, 'https:');
const credential = new ManagedIdentityCredential();
const clients = new Map<string, ContainerInstanceManagementClient>();

serveLaunches(async ({ subscriptionId, resourceGroup, name }, env) => {
  const { containerGroups } = clientOf(subscriptionId);
  const group = await containerGroups.get(resourceGroup, name);
  for (const container of group.containers) {
    container.environmentVariables = Object.entries(env).map(([name, value]) => ({
      name,
      value: String(value),
    }));
  }
  await containerGroups.beginCreateOrUpdateAndWait(resourceGroup, name, group);
}, list);

async function list(): Promise<object> {
  const value = [];
  for (const { subscriptionId } of await itemsOf<{ subscriptionId: string }>(
    '/subscriptions?api-version=2022-12-01',
  )) {
    const { containerGroups } = clientOf(subscriptionId);
    const path = `/subscriptions/${subscriptionId}/resourceGroups?api-version=2021-04-01`;
    for (const { name: resourceGroup } of await itemsOf<{ name: string }>(path)) {
      for await (const { name = '' } of containerGroups.listByResourceGroup(resourceGroup)) {
        const group = await containerGroups.get(resourceGroup, name);
        value.push({ name, state: group.instanceView?.state });
      }
    }
  }
  return { value };
}

/** Lists that this SDK has no operation for, through its pipeline. */
async function itemsOf<Item>(path: string): Promise<Item[]> {
  const request = createPipelineRequest({ url: `${secureEndpoint}${path}` });
  const { bodyAsText } = await clientOf('00000000-0000-0000-0000-000000000000').sendRequest(request);
  return (JSON.parse(bodyAsText ?? '') as { value: Item[] }).value;
}

function clientOf(subscriptionId: string): ContainerInstanceManagementClient {
  const known = clients.get(subscriptionId);
  if (known) {
    return known;
  }
  const client = new ContainerInstanceManagementClient(credential, subscriptionId, {
    endpoint: secureEndpoint,
    $host: secureEndpoint,
    credentialScopes: ['https://management.azure.com/.default'],
  });
  // The SDK hands no token to http:, and the emulator, on this machine alone, has no other addresses to give.
  client.pipeline.addPolicy(speaking('https:', false), {
    beforePolicies: [bearerTokenAuthenticationPolicyName],
  });
  client.pipeline.addPolicy(speaking('http:', true), { phase: 'Sign' });
  clients.set(subscriptionId, client);
  return client;
}

function speaking(protocol: string, allowInsecureConnection: boolean): PipelinePolicy {
  return {
    name: `speaking ${protocol}`,
    sendRequest(request, next) {
      request.url = request.url.replace(/^https?:/, protocol);
      request.allowInsecureConnection = allowInsecureConnection;
      return next(request);
    },
  };
}
