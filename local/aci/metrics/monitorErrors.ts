import type { ArmError } from '../armErrors.ts';

// What Azure Monitor refuses; messages as they were recorded, at the places named, [U] where not.

function badRequest(message: string): ArmError {
  return { status: 400, code: 'BadRequest', message };
}

/** github.com/Azure/azure-sdk-for-net/issues/29584 */
export function metricNotFound(metric: string, valid: readonly string[]): ArmError {
  return badRequest(
    `Failed to find metric configuration for provider: Microsoft.ContainerInstance, resource Type: containerGroups, metric: ${metric}, Valid metrics: ${valid.join(',')}`,
  );
}

/** github.com/digiaiiris/zabbix-azure-monitoring/pull/45. [U] that what is no duration at all is told the same. */
export function timeGrainNotSupported(asked: string, metrics: readonly string[]): ArmError {
  return badRequest(
    `Commonly allowed time grains: 00:01:00,00:05:00,00:15:00,00:30:00,01:00:00,06:00:00,12:00:00 between metrics: ${metrics.join(',')}, can not support requested time grain: ${asked} please adjust your interval parameter to use one of the common grains`,
  );
}

/** github.com/Azure/azure-sdk-for-net/issues/40047. [U] that an end before its start is told the same. */
export function invalidTimespan(asked: string): ArmError {
  return badRequest(
    `Detected invalid time interval input: ${asked}, supported Iso 8601 time interval format: (Datetime/Datetime, Datetime/Duration, Duration/Datetime, Duration)`,
  );
}

/** github.com/Azure/azure-sdk-for-python/issues/13547 */
export function outOfRetention(end: number): ArmError {
  const when = new Date(end).toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '');
  return badRequest(`Query endTime: ${when} is out of the Max metrics retention period: 93.00:00:00`);
}

/** [U] */
export function invalidMonitorParameter(name: string, asked: string): ArmError {
  return badRequest(`Detect invalid value: ${asked} for query parameter: '${name}'`);
}
