import type { JsonObject } from '../../src/aci/json.ts';

// As their senders send them, but for what no test needs.

const registry =
  '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-jobs-dev/providers/Microsoft.ContainerRegistry/registries/acrjobsdev';

export const digest = 'sha256:3f1c9d0e5b7a2c4d6e8f00112233445566778899aabbccddeeff001122334455';

export const registryPush = {
  id: 'a7c1f0de-4b5f-4c36-9a75-4b9f1c2d3e40',
  timestamp: '2026-09-21T14:20:05.123456789Z',
  action: 'push',
  target: {
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    size: 1573,
    digest,
    length: 1573,
    repository: 'team/report-builder',
    tag: '1.14.2',
  },
  request: {
    id: '4d9b7f6e-1f2a-4f0b-8d7c-9e0a1b2c3d4f',
    host: 'acrjobsdev.azurecr.io',
    method: 'PUT',
    useragent: 'docker/27.1.1 go/go1.21.12 os/linux arch/amd64',
  },
};

export const imagePushed = {
  id: 'a7c1f0de-4b5f-4c36-9a75-4b9f1c2d3e40',
  topic: registry,
  subject: 'team/report-builder:1.14.2',
  eventType: 'Microsoft.ContainerRegistry.ImagePushed',
  eventTime: '2026-09-21T14:20:05.2345678Z',
  data: registryPush,
  dataVersion: '1.0',
  metadataVersion: '1',
};

export const blobCreated = {
  specversion: '1.0',
  type: 'Microsoft.Storage.BlobCreated',
  source:
    '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-jobs-dev/providers/Microsoft.Storage/storageAccounts/stjobsdev',
  id: 'c90f22aa-701e-0044-31bd-0d5a7e069633',
  time: '2026-09-21T14:25:00.0000001Z',
  subject: '/blobServices/default/containers/inbox/blobs/2026/09/orders.csv',
  datacontenttype: 'application/json',
  data: { api: 'PutBlockList', url: 'https://stjobsdev.blob.core.windows.net/inbox/2026/09/orders.csv' },
};

export const subscriptionValidation = {
  id: '5f0c4b1e-8a57-4a52-9d5e-3f6f2c9f1a10',
  topic: registry,
  subject: '',
  data: {
    validationCode: '0D6E7C5A-11BB-4F0C-9B5E-7A6C2E4D8F00',
    validationUrl:
      'https://rp-westeurope.eventgrid.azure.net:553/eventsubscriptions/jobs-acr-push/validate?id=0',
  },
  eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
  eventTime: '2026-09-21T14:13:20.1234567Z',
  metadataVersion: '1',
  dataVersion: '1',
};

export const firedAlert = {
  schemaId: 'azureMonitorCommonAlertSchema',
  data: {
    essentials: {
      alertId:
        '/subscriptions/11111111-2222-4333-8444-555555555555/providers/Microsoft.AlertsManagement/alerts/3a1f2b4c-5d6e-4f70-8a9b-0c1d2e3f4a5b',
      alertRule: 'aci-cpu-high',
      severity: 'Sev2',
      monitorCondition: 'Fired',
      firedDateTime: '2026-09-21T14:50:24.3713213Z',
    },
    alertContext: {
      properties: null,
      condition: { allOf: [{ metricName: 'CpuUsage', metricValue: 912.5 }] },
    },
    customProperties: { job: 'restart-report' },
  },
};

export const resolvedAlert = {
  ...firedAlert,
  data: {
    ...firedAlert.data,
    essentials: {
      ...firedAlert.data.essentials,
      monitorCondition: 'Resolved',
      resolvedDateTime: '2026-09-21T15:10:24.3713213Z',
    },
  },
};

export const githubPing = {
  headers: { 'x-github-event': 'ping', 'x-github-delivery': '7f0d9c1e-2f5a-4d55-9c41-0b8d1a6f2e90' },
  body: { zen: 'Keep it small.', hook_id: 450012345, repository: { full_name: 'acme/reports' } },
};

export const githubPush = {
  headers: { 'x-github-event': 'push', 'x-github-delivery': '7f0d9c1e-2f5a-4d55-9c41-0b8d1a6f2e90' },
  body: { ref: 'refs/heads/main', after: 'a'.repeat(40), repository: { full_name: 'acme/reports' } },
};

/** Headers of an Event Grid delivery. */
export const notification = {
  'content-type': 'application/json; charset=utf-8',
  'aeg-event-type': 'Notification',
  'aeg-subscription-name': 'JOBS-ACR-PUSH',
  'aeg-delivery-count': '0',
  'aeg-data-version': '',
  'aeg-metadata-version': '1',
};

export const all: JsonObject[] = [
  registryPush,
  imagePushed,
  blobCreated,
  subscriptionValidation,
  firedAlert,
  resolvedAlert,
  githubPing.body,
  githubPush.body,
];
