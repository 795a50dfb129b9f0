import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContainerGroupId } from '../../src/aci/containerGroupId.ts';
import { resourceIdOf } from '../../src/aci/containerGroupId.ts';
import type { ContainerGroups } from '../../src/aci/containerGroups.ts';
import type { ContainerGroupDocument } from '../../src/aci/document.ts';
import type { MetricsQuery } from '../../src/aci/metrics/metrics.ts';
import { isSettled } from '../../src/aci/state.ts';

export type Connected = {
  containerGroups: ContainerGroups;
  /** A resource group in which the suite may create and delete a group of its own. */
  subscriptionId: string;
  resourceGroup: string;
  location: string;
  /** How long to wait between two looks at a group that Azure still works on. */
  lookEveryMs: number;
  close: () => Promise<unknown>;
};

/** What every implementation of the port `ContainerGroups` has to do, Azure's own not excepted. */
export function containerGroupsContract(implementation: string, connect: () => Promise<Connected>): void {
  describe(`container groups: ${implementation}`, { timeout: 600_000 }, () => {
    let connected: Connected;
    let groups: ContainerGroups;
    let id: ContainerGroupId;
    let absent: ContainerGroupId;

    beforeAll(async () => {
      connected = await connect();
      groups = connected.containerGroups;
      const { subscriptionId, resourceGroup } = connected;
      id = { subscriptionId, resourceGroup, name: `contract-${Date.now()}` };
      absent = { ...id, name: `${id.name}-absent` };
    });
    afterAll(async () => {
      await groups?.delete(id);
      await connected?.close();
    });

    const documentOf = (value: string, tags: Record<string, string>): ContainerGroupDocument => ({
      location: connected.location,
      tags,
      properties: {
        osType: 'Linux',
        restartPolicy: 'Never',
        containers: [
          {
            name: 'main',
            properties: {
              image: 'mcr.microsoft.com/azuredocs/aci-helloworld',
              command: ['node', '-e', 'console.log("up"); setTimeout(() => {}, 600000)'],
              environmentVariables: [
                { name: 'PLAIN', value },
                { name: 'SECRET', secureValue: 'canary' },
              ],
              resources: { requests: { cpu: 1, memoryInGB: 1 } },
            },
          },
        ],
      },
    });

    async function settled(): Promise<ContainerGroupDocument> {
      for (;;) {
        const document = await groups.get(id);
        if (isSettled(document)) {
          return document;
        }
        await new Promise((resolve) => setTimeout(resolve, connected.lookEveryMs));
      }
    }

    const lastHour = (): MetricsQuery => ({
      timespan: { start: Date.now() - 3_600_000, end: Date.now() },
      interval: 'PT1M',
    });
    const notFound = { code: 'ResourceNotFound', status: 404 };

    test('a group that is not there is not found, whatever is asked of it', async () => {
      await expect(groups.get(absent)).rejects.toMatchObject(notFound);
      await expect(groups.start(absent)).rejects.toMatchObject(notFound);
      await expect(groups.stop(absent)).rejects.toMatchObject(notFound);
      await expect(groups.restart(absent)).rejects.toMatchObject(notFound);
      await expect(groups.update(absent, {})).rejects.toMatchObject(notFound);
      await expect(groups.listLogs(absent, 'main', {})).rejects.toMatchObject(notFound);
      await expect(groups.listMetrics(absent, lastHour())).rejects.toMatchObject(notFound);
      await expect(groups.delete(absent)).resolves.toBeUndefined();
    });

    test('what is created is answered, but for its secrets', async () => {
      expect(await groups.createOrUpdate(id, documentOf('1', { owner: 'contract', other: 'x' }))).toMatch(
        /^[A-Z]\w+$/,
      );

      const document = await settled();
      expect(document).toMatchObject({
        name: id.name,
        location: connected.location,
        tags: { owner: 'contract' },
      });
      expect(document.id?.toLowerCase()).toBe(resourceIdOf(id).toLowerCase());
      expect(document.properties.containers[0]?.properties.environmentVariables).toEqual([
        { name: 'PLAIN', value: '1' },
        { name: 'SECRET' },
      ]);
      expect(JSON.stringify(document)).not.toContain('canary');
    });

    test('a write replaces the whole group: what it leaves out is gone', async () => {
      await groups.createOrUpdate(id, documentOf('2', { owner: 'contract' }));

      const document = await settled();
      expect(document.tags).toEqual({ owner: 'contract' });
      expect(document.properties.containers[0]?.properties.environmentVariables?.[0]).toEqual({
        name: 'PLAIN',
        value: '2',
      });
    });

    test('an update replaces the tags, all of them, and nothing else', async () => {
      await groups.update(id, { stage: 'test' });

      const { tags, properties } = await groups.get(id);
      expect(tags).toEqual({ stage: 'test' });
      expect(properties.containers).toHaveLength(1);
    });

    test('lists hold it, without any state', async () => {
      const { subscriptionId, resourceGroup } = id;
      expect((await groups.listSubscriptions()).map((each) => each.toLowerCase())).toContain(
        subscriptionId.toLowerCase(),
      );
      for (const scope of [{ subscriptionId, resourceGroup }, { subscriptionId }]) {
        const found = (await groups.list(scope)).find((each) => each.id.name === id.name);
        expect(found?.id.resourceGroup.toLowerCase()).toBe(resourceGroup.toLowerCase());
        expect(JSON.stringify(found?.document)).not.toContain('instanceView');
      }
    });

    test('it can be stopped, started and restarted, and tells what it printed', async () => {
      await groups.stop(id);
      await settled();
      await groups.start(id);
      await settled();
      expect(typeof (await groups.listLogs(id, 'main', { tail: 10 }))).toBe('string');
      await groups.restart(id);
      await settled();
    });

    test('its containers are measured, if not yet, and every value is a number', async () => {
      const query = lastHour();
      const { timespan, interval, containers } = await groups.listMetrics(id, query);

      expect(interval).toBe('PT1M');
      for (const [said, asked] of [
        [timespan.start, query.timespan.start],
        [timespan.end, query.timespan.end],
      ] as const) {
        expect(Math.abs(Date.parse(said) - asked)).toBeLessThan(120_000);
      }
      for (const { name, cpuMillicores, memoryBytes } of containers) {
        expect(name).toBe('main');
        for (const { time, average, maximum } of [...cpuMillicores, ...memoryBytes]) {
          expect(Date.parse(time)).not.toBeNaN();
          expect(average).toBeGreaterThanOrEqual(0);
          expect(maximum).toBeGreaterThanOrEqual(average ?? 0);
        }
      }
    });

    test('what is deleted is gone, and may be deleted again', async () => {
      await groups.delete(id);

      await expect(groups.get(id)).rejects.toMatchObject(notFound);
      await expect(groups.delete(id)).resolves.toBeUndefined();
    });
  });
}
