import type { Words } from '../model.ts';

const deleted = { 200: { description: 'It is deleted.', schema: 'Message' } };
const written = { schema: 'ContainerGroupWritten', headers: ['Location'] };
const ofBody = [400, 413, 415] as const;

const operation = (summary: string): Words => ({
  summary,
  description: 'Azure’s own operation, accepted and not waited for.',
  tag: 'Container groups',
  visibility: 'advanced',
  parameters: ['force'],
  answers: { 202: 'Operated' },
  refusals: [...ofBody, 404, 409],
  asks: 'arm',
});

/** What there is to say of the operations on container groups. */
export const containerGroupOperations: Record<string, Words> = {
  'GET list-container-groups': {
    summary: 'List container groups',
    description: 'In every subscription that the app can see, with their states.',
    tag: 'Container groups',
    visibility: 'advanced',
    parameters: ['listSubscriptionId', 'listResourceGroup', 'status', 'containerGroupsTop', 'skipToken'],
    answers: { 200: { description: 'A page of container groups.', schema: 'ContainerGroupList' } },
    refusals: [400, 404, 429],
    asks: 'arm',
  },
  'POST create-container-group': {
    summary: 'Create a container group',
    description: 'From a short body, or one with all that Azure Container Instances offers.',
    tag: 'Container groups',
    visibility: 'advanced',
    body: { schema: 'CreateRequest', required: true },
    answers: { 201: { description: 'It is being created.', ...written } },
    refusals: [...ofBody, 404, 409, 429],
    asks: 'arm',
  },
  'DELETE delete-named-container-group': {
    summary: 'Delete a container group by body',
    tag: 'Container groups',
    visibility: 'internal',
    parameters: ['force'],
    body: { schema: 'ContainerGroupName', required: true },
    answers: deleted,
    refusals: [...ofBody, 404, 409],
    asks: 'arm',
  },
  'POST restart-named-container-group': {
    ...operation('Restart a container group by body'),
    visibility: 'internal',
    body: { schema: 'ContainerGroupName', required: true },
  },
  'GET show-container-group': {
    summary: 'Get a container group',
    description:
      'What it does and why: states, exit codes, restarts, events, and its variables with secure values masked.',
    tag: 'Container groups',
    visibility: 'advanced',
    answers: { 200: { description: 'The container group.', schema: 'ContainerGroup' } },
    refusals: [400, 404],
    asks: 'arm',
  },
  'PUT put-container-group': {
    summary: 'Create or replace a container group',
    description: 'By ARM’s own document. What the document leaves out is gone.',
    tag: 'Container groups',
    visibility: 'internal',
    parameters: ['force'],
    body: { schema: 'ContainerGroupDocument', required: true },
    answers: {
      200: { description: 'It is being replaced.', ...written },
      201: { description: 'It is being created.', ...written },
    },
    refusals: [...ofBody, 404, 409, 429],
    asks: 'arm',
  },
  'PATCH update-container-group': {
    summary: 'Tag a container group',
    description: 'Merges tags by name.',
    tag: 'Container groups',
    visibility: 'advanced',
    body: { schema: 'TagsPatch', required: false },
    answers: { 200: { description: 'The tags that it has now.', schema: 'Tags' } },
    refusals: [...ofBody, 404, 409],
    asks: 'arm',
  },
  'DELETE delete-container-group': {
    summary: 'Delete a container group',
    tag: 'Container groups',
    visibility: 'advanced',
    parameters: ['force'],
    answers: deleted,
    refusals: [400, 404, 409],
    asks: 'arm',
  },
  'POST start-container-group': operation('Start a container group'),
  'POST stop-container-group': operation('Stop a container group'),
  'POST restart-container-group': operation('Restart a container group'),
  'GET show-logs': {
    summary: 'Get the logs of a container group',
    tag: 'Container groups',
    visibility: 'advanced',
    parameters: ['container', 'tail', 'timestamps'],
    answers: { 200: { description: 'What the container has printed.', schema: 'Logs', text: true } },
    refusals: [400, 404],
    asks: 'arm',
  },
  'GET show-metrics': {
    summary: 'Get what the containers of a group use',
    description: 'CPU and memory until now, as Azure Monitor has measured them.',
    tag: 'Container groups',
    visibility: 'advanced',
    parameters: ['timespan', 'interval'],
    answers: { 200: { description: 'What each container has used.', schema: 'ContainerGroupMetrics' } },
    refusals: [400, 404, 429],
    asks: 'arm',
  },
};
