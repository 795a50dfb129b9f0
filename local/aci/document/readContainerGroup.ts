import { type ArmError, invalidRequestContent } from '../armErrors.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { keepAccepted } from '../schema/filterMembers.ts';
import { type ContentChecks, findContentFault } from '../schema/findContentFault.ts';
import type { SchemaNode } from '../schema/propertySchema.ts';
import type { ContainerGroup } from './containerGroup.ts';

/** A container group as it was written: the raw document, and the same value as the members we read. */
export type WrittenGroup = { document: JsonObject; group: ContainerGroup };

/** Reads the content of a PUT, leaving out what only the service sets. */
export function readContainerGroup(
  schema: SchemaNode,
  content: JsonObject,
  checks: ContentChecks,
): WrittenGroup | { error: ArmError } {
  const { properties } = content;
  // azapi#993; the code is spelled so.
  if (isJsonObject(properties) && properties['provisioningTimeoutInSeconds'] != null) {
    return {
      error: {
        status: 400,
        code: 'CustomProvisioningTimeoutInSecondsNotSuppported',
        message: 'The custom provisioning timeout in seconds is not supported.',
      },
    };
  }
  const fault = findContentFault(schema, content, checks);
  if (fault !== undefined) {
    return { error: invalidRequestContent(fault) };
  }
  const document = keepAccepted(schema, content) as JsonObject;
  // The schema has just held each member to the type that ContainerGroup gives it.
  return { document, group: document as unknown as ContainerGroup };
}
