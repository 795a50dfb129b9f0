import type { JsonObject } from '../../src/aci/json.ts';
import { httpFunctions } from '../../src/functions/httpFunctions.ts';
import type { DescribedApp } from '../../src/openapi/model.ts';
import { openApiDocument } from '../../src/openapi/openApiDocument.ts';
import { swaggerDocument } from '../../src/openapi/swaggerDocument.ts';
import { collaboratorsOf } from '../functions/call.ts';
import { readJobs } from '../jobs/jobsFile.ts';
import { inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';

export type Described = { app: DescribedApp; openApi: JsonObject; swagger: JsonObject };

/** An app with these jobs, by its own route table, and what it says of itself. */
export function describedApp(
  jobs: Record<string, object> = {},
  { settings = {}, ...given }: Partial<DescribedApp> & { settings?: Record<string, string> } = {},
): Described {
  const read = readJobs(jobs, settings);
  if (read.faults.length > 0) {
    throw new Error(`These are no jobs: ${JSON.stringify(read.faults)}`);
  }
  const collaborators = collaboratorsOf(inMemoryContainerGroups(), { jobs: read.jobs });
  const app: DescribedApp = {
    functions: httpFunctions(collaborators),
    jobs: collaborators.config.jobs,
    origin: 'https://jobs.example.org',
    easyAuth: false,
    credential: 'managed-identity',
    isLocal: false,
    ...given,
  };
  const openApi = openApiDocument(app);
  return { app, openApi, swagger: swaggerDocument(openApi) };
}

/** One operation of a document of either version. */
export type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  'x-ms-visibility': string;
  parameters?: JsonObject[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonObject }> };
  responses: Record<string, JsonObject>;
  security: Record<string, string[]>[];
  path: string;
  method: string;
};

/** The operations of a document of either version. */
export function operationsIn(document: JsonObject): Operation[] {
  return Object.entries(document['paths'] as Record<string, Record<string, JsonObject>>).flatMap(
    ([path, item]) =>
      Object.entries(item)
        .filter(([method]) => method !== 'parameters')
        .map(([method, operation]) => ({ ...(operation as unknown as Operation), path, method })),
  );
}

/** The operation with this id. */
export function operationOf(document: JsonObject, id: string): Operation {
  const operation = operationsIn(document).find(({ operationId }) => operationId === id);
  if (operation === undefined) {
    throw new Error(`There is no operation ${id}.`);
  }
  return operation;
}
