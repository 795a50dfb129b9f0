import { type ArmError, missingApiVersion, noRegisteredProviderFound } from '../armErrors.ts';

export type ApiVersions = { type: string; versions: readonly string[] };

/** The stable versions of Microsoft.ContainerInstance, oldest first. */
export const containerGroupsApi: ApiVersions = {
  type: 'containerGroups',
  versions: [
    '2018-04-01',
    '2018-06-01',
    '2018-09-01',
    '2018-10-01',
    '2019-12-01',
    '2020-11-01',
    '2021-03-01',
    '2021-07-01',
    '2021-09-01',
    '2021-10-01',
    '2022-09-01',
    '2023-05-01',
    '2025-09-01',
    '2026-07-01',
  ],
};

/** The service's own Azure-AsyncOperation header names 2018-06-01, whatever version the PUT had. */
export const operationsApi: ApiVersions = { ...containerGroupsApi, type: 'locations/operations' };

/** Microsoft.Resources. */
export const subscriptionsApi: ApiVersions = {
  type: 'subscriptions',
  versions: ['2016-06-01', '2019-06-01', '2020-01-01', '2021-01-01', '2021-04-01', '2022-12-01'],
};

export const resourceGroupsApi: ApiVersions = {
  type: 'resourceGroups',
  versions: ['2020-06-01', '2021-01-01', '2021-04-01', '2022-09-01', '2024-03-01', '2025-04-01'],
};

/** Microsoft.Insights; the stable versions of its metrics. */
export const metricsApi: ApiVersions = {
  type: 'metrics',
  versions: ['2018-01-01', '2019-07-01', '2021-05-01', '2023-10-01', '2024-02-01'],
};

/** Whether members that came with 2025-09-01 are returned. */
export function hasConfigMap(apiVersion: string): boolean {
  return apiVersion >= '2025-09-01';
}

export function refuseApiVersion(
  apiVersion: string | undefined,
  { type, versions }: ApiVersions,
): ArmError | undefined {
  if (!apiVersion) {
    return missingApiVersion();
  }
  return versions.includes(apiVersion) ? undefined : noRegisteredProviderFound(type, apiVersion, versions);
}
