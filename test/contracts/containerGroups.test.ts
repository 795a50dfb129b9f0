import { startEmulator } from '../../local/aci/emulator.ts';
import { createArmCalls } from '../../src/aci/armCall.ts';
import { armContainerGroups } from '../../src/aci/armContainerGroups.ts';
import { atOnce } from '../endToEnd/groups.ts';
import { inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { containerGroupsContract } from './containerGroups.contract.ts';

const overArm = (endpoint: string, token: string) =>
  armContainerGroups(
    createArmCalls({
      endpoint,
      credential: 'caller',
      clientId: undefined,
      userAgent: 'aci-job-launcher-tests',
      traceHeaders: () => ({}),
      deadlineMs: 60_000,
      now: Date.now,
    }).as(token),
  );

const here = {
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  resourceGroup: 'contract',
  location: 'westeurope',
};

containerGroupsContract('in memory, as other tests use them', async () => {
  const memory = inMemoryContainerGroups();
  const time = '2026-01-01T00:00:00Z';
  memory.usage = [{ name: 'main', cpuMillicores: [], memoryBytes: [{ time, average: 1, maximum: 1 }] }];
  return {
    ...here,
    containerGroups: {
      ...memory,
      get(id) {
        memory.settle();
        return memory.get(id);
      },
    },
    lookEveryMs: 1,
    close: async () => {},
  };
});

containerGroupsContract('over ARM, to the emulator', async () => {
  const emulator = await startEmulator({ timings: atOnce });
  return {
    ...here,
    containerGroups: overArm(emulator.armEndpoint, emulator.mintToken().token),
    lookEveryMs: 50,
    close: emulator.close,
  };
});

/**
 * The same against Azure, for who has some: AZURE_TEST_TOKEN is what `az account get-access-token --query accessToken -o tsv` prints. It
 * creates one group in that resource group, and deletes it.
 */
const { AZURE_TEST_SUBSCRIPTION_ID, AZURE_TEST_RESOURCE_GROUP, AZURE_TEST_LOCATION, AZURE_TEST_TOKEN } =
  process.env;
if (AZURE_TEST_SUBSCRIPTION_ID && AZURE_TEST_RESOURCE_GROUP && AZURE_TEST_TOKEN) {
  containerGroupsContract('over ARM, to Azure', async () => ({
    subscriptionId: AZURE_TEST_SUBSCRIPTION_ID,
    resourceGroup: AZURE_TEST_RESOURCE_GROUP,
    location: AZURE_TEST_LOCATION ?? 'westeurope',
    containerGroups: overArm('https://management.azure.com', AZURE_TEST_TOKEN),
    lookEveryMs: 5_000,
    close: async () => {},
  }));
}
