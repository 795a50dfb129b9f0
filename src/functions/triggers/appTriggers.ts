import { mayRead } from '../access/access.ts';
import type { HttpTrigger } from './httpTrigger.ts';

const consoleRoute = 'console';

export const health: HttpTrigger = {
  name: 'health',
  methods: ['GET'],
  route: 'health',
  access: 'anonymous',
};

export const showConsole: HttpTrigger = {
  name: 'show-console',
  methods: ['GET'],
  route: consoleRoute,
  access: 'anonymous',
};

export const showConsoleFile: HttpTrigger = {
  name: 'show-console-file',
  methods: ['GET'],
  route: `${consoleRoute}/{file}`,
  access: 'anonymous',
};

export const showOpenApi: HttpTrigger = {
  name: 'show-openapi',
  methods: ['GET'],
  route: 'openapi.json',
  access: mayRead,
};

export const showSwagger: HttpTrigger = {
  name: 'show-swagger',
  methods: ['GET'],
  route: 'swagger.json',
  access: mayRead,
};

export const whoami: HttpTrigger = {
  name: 'whoami',
  methods: ['GET'],
  route: 'whoami',
  access: 'signedIn',
};
