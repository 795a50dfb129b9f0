import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a property holds: `string`, `int`, `bool`, `any`, a name of `types` behind `#`, words that it may be with ` | ` between, or
 * any of these with `[]` behind it.
 */
export type TypeText = string;

export type Property = { type: TypeText; required?: true; readOnly?: true };

export type ObjectType = {
  properties: Record<string, Property>;
  /** What other properties hold, where there may be any. */
  others?: TypeText;
  /** The property that tells which of `variants` it is, whose properties then come to these. */
  discriminator?: string;
  variants?: Record<string, ObjectType>;
};

export type ResourceType = {
  /** Where it may be deployed: ResourceGroup, Subscription, or several. */
  scopes: string;
  body: ObjectType;
  types: Record<string, ObjectType>;
};

/** Types by `<resource type>@<API version>`. */
export type ResourceTypes = { source: string; licence: string; resources: Record<string, ResourceType> };

/** The types that are kept in this folder. */
export function readResourceTypes(): Record<string, ResourceType> {
  const [fromBicep, fromSpecification] = ['bicepTypes.json', 'monitorTypes.json'].map(
    (name) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as ResourceTypes,
  );
  return { ...fromBicep?.resources, ...fromSpecification?.resources };
}
