import { randomUUID } from 'node:crypto';
import type { ArmAddresses } from './arm.ts';
import { type GroupName, resourceId } from './groups.ts';

/** Where bare calls go, and what they show there. */
export type BareTarget = ArmAddresses & { tableUrl: string; queueUrl: string; sas: string };

type Group = {
  properties: Record<string, unknown> & {
    containers: { properties: { environmentVariables?: { name: string; value?: string }[] } }[];
  };
};

/** How long the rows are that a launch of the app stores: two for each run, and one that a group has once. */
const rowsOfRun = { run: 1_300, request: 170 };
const rowsOfGroup = { head: 320 };

/**
 * What no launch can do without, one after another and without a thought for what may go wrong: the group is read, a message
 * queued, rows stored, and the group written back with the variables. The token is kept.
 */
export function createBareLaunch(target: BareTarget): (group: GroupName, env: object) => Promise<void> {
  const { armEndpoint, tableUrl, queueUrl, sas } = target;
  let token: Promise<string> | undefined;

  return async (name, env) => {
    token ??= tokenOf(target);
    const url = `${armEndpoint}${resourceId(name)}?api-version=2026-07-01`;
    const authorization = `Bearer ${await token}`;
    const group = JSON.parse(await answered(url, { headers: { authorization } })) as Group;
    const id = randomUUID();
    const text = Buffer.from(JSON.stringify({ containerGroup: resourceId(name), runId: id })).toString(
      'base64',
    );
    await answered(`${queueUrl}/messages?visibilitytimeout=5&messagettl=-1&${sas}`, {
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      body: `<QueueMessage><MessageText>${text}</MessageText></QueueMessage>`,
    });
    await answered(`${tableUrl.replace(/[^/]+$/, '$batch')}?${sas}`, transactionOf(tableUrl, name, id));
    merge(group, env);
    await answered(url, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(group),
    });
  };
}

async function tokenOf({ identityEndpoint, identityHeader }: BareTarget): Promise<string> {
  const url = `${identityEndpoint}?api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.azure.com`;
  const answer = await answered(url, { headers: { 'x-identity-header': identityHeader } });
  return (JSON.parse(answer) as { access_token: string }).access_token;
}

async function answered(url: string, request: RequestInit): Promise<string> {
  const answer = await fetch(url, request);
  const text = await answer.text();
  if (!answer.ok || text.includes('HTTP/1.1 4')) {
    throw new Error(`${request.method ?? 'GET'} ${url.split('?')[0]} was answered ${answer.status}: ${text}`);
  }
  return text;
}

function merge({ properties: group }: Group, env: object): void {
  // What GET answers and PUT does not take (facts/aci.md, The document).
  delete group['provisioningTimeoutInSeconds'];
  delete group['isCustomProvisioningTimeout'];
  for (const { properties } of group.containers) {
    const others = properties.environmentVariables?.filter(({ name }) => !(name in env)) ?? [];
    const added = Object.entries(env).map(([name, value]) => ({ name, value: String(value) }));
    properties.environmentVariables = [...others, ...added];
  }
}

// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions, with the names and empty lines without
// which Azurite does not understand it
function transactionOf(tableUrl: string, { name }: GroupName, id: string): RequestInit {
  const insert = ([key, length]: [string, number]) =>
    operation(id, `POST ${tableUrl}`, {
      PartitionKey: name,
      RowKey: `${key}-${id}`,
      json0: 'x'.repeat(length),
    });
  const insertOrReplace = ([key, length]: [string, number]) =>
    operation(id, `PUT ${tableUrl}(PartitionKey='${name}',RowKey='${key}')`, { json0: 'x'.repeat(length) });
  const operations = [
    ...Object.entries(rowsOfRun).flatMap(insert),
    ...Object.entries(rowsOfGroup).flatMap(insertOrReplace),
  ];
  const lines = [
    `--batch_${id}`,
    `content-type: multipart/mixed; boundary=changeset_${id}`,
    '',
    '',
    ...operations,
    `--changeset_${id}--`,
    `--batch_${id}--`,
    '',
  ];
  return {
    method: 'POST',
    headers: {
      'content-type': `multipart/mixed; boundary=batch_${id}`,
      'x-ms-version': '2019-02-02',
      accept: 'application/json',
      dataserviceversion: '3.0;',
    },
    body: lines.join('\r\n'),
  };
}

function operation(id: string, method: string, entity: object): string[] {
  return [
    `--changeset_${id}`,
    'content-type: application/http',
    'content-transfer-encoding: binary',
    '',
    `${method} HTTP/1.1`,
    'Content-Type: application/json',
    'Accept: application/json;odata=minimalmetadata',
    'DataServiceVersion: 3.0',
    'Prefer: return-no-content',
    '',
    '',
    JSON.stringify(entity),
  ];
}
