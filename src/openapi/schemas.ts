import { schema as createRequest } from '../aci/create/createRequest.schema.ts';
import type { JsonObject } from '../aci/json.ts';
import { schema as containerGroupName } from '../functions/containerGroupName.schema.ts';
import { schema as rerunRequest } from '../functions/rerunRequest.schema.ts';
import { schema as tagsPatch } from '../functions/tagsPatch.schema.ts';
import { schema as runRequest } from '../jobs/runRequest.schema.ts';
import { schema as answers } from './answers.schema.ts';

/** Of ARM's document only what must be there is said: what else may be in it is ARM's to say, and null is to it as if it were not. */
const containerGroupDocument: JsonObject = {
  type: 'object',
  description:
    'A container group as Azure Resource Manager takes it: https://learn.microsoft.com/azure/templates/microsoft.containerinstance/containergroups.',
  properties: {
    location: { type: 'string' },
    properties: {
      type: 'object',
      properties: {
        containers: {
          type: 'array',
          items: {
            type: 'object',
            properties: { name: { type: 'string' }, properties: { type: 'object' } },
            required: ['name', 'properties'],
          },
        },
      },
      required: ['containers'],
    },
  },
  required: ['location', 'properties'],
};

/** The schemas that every app has, by their names in the document. */
export function sharedSchemas(): Record<string, JsonObject> {
  const ofTypeBox = {
    ...answers,
    CreateRequest: createRequest,
    RunRequest: runRequest,
    RerunRequest: rerunRequest,
    TagsPatch: tagsPatch,
    ContainerGroupName: containerGroupName,
  };
  return {
    ...(JSON.parse(JSON.stringify(ofTypeBox)) as Record<string, JsonObject>),
    ContainerGroupDocument: containerGroupDocument,
    Description: { type: 'object', additionalProperties: true },
  };
}
