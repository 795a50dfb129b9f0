import { mayRead, mayWrite } from '../access/access.ts';
import type { HttpTrigger } from './httpTrigger.ts';

const containerGroupsRoute = 'azure/containers';

/** The part of a route that names a container group. */
export const containerGroupRoute = `${containerGroupsRoute}/{subscriptionId}/{resourceGroup}/{name}`;

/** ACI's own operations on a container group. */
export const verbs = ['restart', 'start', 'stop'] as const;

export type Verb = (typeof verbs)[number];

export const createContainerGroup: HttpTrigger = {
  name: 'create-container-group',
  methods: ['POST'],
  route: containerGroupsRoute,
  access: mayWrite,
};

export const deleteContainerGroup: HttpTrigger = {
  name: 'delete-container-group',
  methods: ['DELETE'],
  route: containerGroupRoute,
  access: mayWrite,
};

export const deleteNamedContainerGroup: HttpTrigger = {
  name: 'delete-named-container-group',
  methods: ['DELETE'],
  route: containerGroupsRoute,
  access: mayWrite,
};

export const listContainerGroups: HttpTrigger = {
  name: 'list-container-groups',
  methods: ['GET'],
  route: containerGroupsRoute,
  access: mayRead,
};

export function operateContainerGroup(verb: Verb): HttpTrigger {
  return {
    name: `${verb}-container-group`,
    methods: ['POST'],
    route: `${containerGroupRoute}/${verb}`,
    access: mayWrite,
  };
}

export const putContainerGroup: HttpTrigger = {
  name: 'put-container-group',
  methods: ['PUT'],
  route: containerGroupRoute,
  access: mayWrite,
};

export const restartNamedContainerGroup: HttpTrigger = {
  name: 'restart-named-container-group',
  methods: ['POST'],
  route: `${containerGroupsRoute}/restart`,
  access: mayWrite,
};

export const showContainerGroup: HttpTrigger = {
  name: 'show-container-group',
  methods: ['GET'],
  route: containerGroupRoute,
  access: mayRead,
};

export const showLogs: HttpTrigger = {
  name: 'show-logs',
  methods: ['GET'],
  route: `${containerGroupRoute}/logs`,
  access: mayRead,
};

export const showMetrics: HttpTrigger = {
  name: 'show-metrics',
  methods: ['GET'],
  route: `${containerGroupRoute}/metrics`,
  access: mayRead,
};

export const updateContainerGroup: HttpTrigger = {
  name: 'update-container-group',
  methods: ['PATCH'],
  route: containerGroupRoute,
  access: mayWrite,
};
