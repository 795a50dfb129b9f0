import { invalidRequestContent } from '../armErrors.ts';
import { presentContainerGroup } from '../document/presentContainerGroup.ts';
import { readContent } from '../document/readContent.ts';
import { type Answer, refuse } from '../http/answer.ts';
import { isJsonObject } from '../json.ts';
import { findContentFault } from '../schema/findContentFault.ts';
import type { SchemaNode } from '../schema/propertySchema.ts';
import type { Cloud } from './cloud.ts';
import { findIdleGroup } from './findGroup.ts';
import type { ArmRequest } from './route.ts';

/** What a PATCH may name, as the service's type Resource has it; only the tags of it can be updated. */
const members = ['id', 'name', 'type', 'location', 'tags', 'zones'];

/** PATCH of a container group: replaces its whole map of tags, at once; nothing restarts. */
export function patchContainerGroup(cloud: Cloud, request: ArmRequest): Answer {
  const stored = findIdleGroup(cloud, request);
  if ('error' in stored) {
    return refuse(stored.error);
  }
  const read = readContent(request.body);
  if ('error' in read) {
    return refuse(read.error);
  }
  const fault = findContentFault(resourceSchema(cloud.schema), read.content, cloud);
  if (fault !== undefined) {
    return refuse(invalidRequestContent(fault));
  }
  const { tags } = read.content;
  if (isJsonObject(tags)) {
    // A document of its own: an answer that is being written must not change.
    stored.document = { ...stored.document, tags };
  }
  const { schema } = cloud;
  return {
    status: 200,
    body: presentContainerGroup(stored, { schema, apiVersion: request.apiVersion, withInstanceView: true }),
  };
}

function resourceSchema(schema: SchemaNode): SchemaNode {
  const known = [...schema.members].filter(([name]) => members.includes(name));
  return { ...schema, typeName: 'Resource', members: new Map(known) };
}
