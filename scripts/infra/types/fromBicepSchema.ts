import type { ObjectType, Property, ResourceType } from './resourceTypes.ts';

type GivenProperty = { name: string; type: string; flags?: string };

/** A type as `azmcp bicepschema get` answers it. */
export type GivenType = {
  $type: string;
  name: string;
  properties?: GivenProperty[];
  additionalPropertiesType?: string;
  baseProperties?: GivenProperty[];
  discriminator?: string;
  elements?: GivenType[];
  bodyType?: GivenType;
  writableScopes?: string;
};

/** A resource's name with its API version, and its types, from all that was answered about it. */
export function resourceTypeOf(given: readonly GivenType[]): [string, ResourceType] {
  const resource = given.find(({ $type }) => $type === 'Resource');
  if (!resource?.bodyType) {
    throw new Error('The answer describes no resource.');
  }
  const objects = given.filter(({ $type }) => $type === 'Object' || $type === 'DiscriminatedObject');
  const names = new Set(objects.map(({ name }) => name));
  return [
    resource.name,
    {
      scopes: resource.writableScopes ?? '',
      body: objectTypeOf(resource.bodyType, names),
      types: Object.fromEntries(objects.map((each) => [each.name, objectTypeOf(each, names)])),
    },
  ];
}

function objectTypeOf(given: GivenType, names: ReadonlySet<string>): ObjectType {
  const { discriminator, elements = [] } = given;
  const properties = propertiesOf(given.properties ?? given.baseProperties ?? [], names);
  if (discriminator === undefined) {
    const others = given.additionalPropertiesType;
    return { properties, ...(others !== undefined && { others: typeText(others, names) }) };
  }
  const variants = elements.map((element) => [
    element.properties?.find(({ name }) => name === discriminator)?.type ?? '',
    objectTypeOf(element, names),
  ]);
  return { properties, discriminator, variants: Object.fromEntries(variants) };
}

function propertiesOf(given: readonly GivenProperty[], names: ReadonlySet<string>): Record<string, Property> {
  return Object.fromEntries(
    given.map(({ name, type, flags = '' }) => [
      name,
      {
        type: typeText(type, names),
        ...(flags.includes('Required') && { required: true }),
        ...(flags.includes('ReadOnly') && { readOnly: true }),
      },
    ]),
  );
}

function typeText(type: string, names: ReadonlySet<string>): string {
  const item = type.replace(/(?:\[\])*$/, '');
  return names.has(item) ? `#${type}` : type;
}
