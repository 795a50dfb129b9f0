/** What one member of the container group document may be, by container-group-properties.tsv. */
export type SchemaNode = {
  kind: 'string' | 'int' | 'number' | 'bool' | 'object' | 'map' | 'array' | 'any';
  /** The service's own name of an object's type, as its errors give it. */
  typeName: string;
  /** The only strings allowed; undefined when the enumeration is open, or none. */
  values?: readonly string[];
  /** Set by the service: ignored in a PUT. */
  readOnly: boolean;
  /** Kept by the service and never returned. */
  writeOnly: boolean;
  required: boolean;
  /** The members of an object. */
  members: Map<string, SchemaNode>;
  /** Each element of an array, each value of a map. */
  item?: SchemaNode;
};

type Flags = Pick<SchemaNode, 'readOnly' | 'writeOnly' | 'required'>;

const noFlags: Flags = { readOnly: false, writeOnly: false, required: false };

/** Reads the table of properties: a header line, then one property a line, parents before their members. */
export function parsePropertySchema(table: string): SchemaNode {
  const root = node('object ContainerGroup', noFlags);
  const [header = '', ...lines] = table.split(/\r?\n/).filter((line) => line !== '');
  const columns = header.split('\t');
  for (const line of lines) {
    const cells = line.split('\t');
    const cell = (column: string) => cells[columns.indexOf(column)] ?? '';
    const isCurrent = cell('in_2026-07-01') === 'yes';
    // Members that no specification names, and yet every answer holds.
    const isUndocumented = cell('readOnly') === 'effectively';
    if (isCurrent || isUndocumented) {
      add(root, cell('path'), cell('type'), {
        readOnly: cell('readOnly') !== '',
        writeOnly: cell('writeOnly') === 'yes',
        required: cell('required') === 'yes',
      });
    }
  }
  return root;
}

function add(root: SchemaNode, path: string, type: string, flags: Flags) {
  const names = path.split('.');
  const name = names.pop() ?? '';
  let parent: SchemaNode | undefined = root;
  for (const step of names) {
    const isArray = step.endsWith('[]');
    const child: SchemaNode | undefined =
      step === '{key}' ? parent.item : parent.members.get(isArray ? step.slice(0, -2) : step);
    parent = isArray ? child?.item : child;
    if (!parent) {
      throw new Error(`The property table names '${path}' before '${step}'.`);
    }
  }
  if (name === '{key}') {
    parent.item = node(type, flags);
  } else {
    parent.members.set(name, node(type, flags));
  }
}

function node(type: string, flags: Flags): SchemaNode {
  const members = new Map<string, SchemaNode>();
  if (type.endsWith('[]')) {
    return { kind: 'array', typeName: type, ...flags, members, item: node(type.slice(0, -2), noFlags) };
  }
  if (type.startsWith('map<')) {
    return { kind: 'map', typeName: type, ...flags, members };
  }
  if (type.startsWith('object ')) {
    return { kind: 'object', typeName: type.slice('object '.length), ...flags, members };
  }
  if (type === 'int' || type === 'number' || type === 'bool' || type === 'any') {
    return { kind: type, typeName: type, ...flags, members };
  }
  const alternatives = type.split('|');
  return alternatives.every((one) => one.startsWith('"'))
    ? {
        kind: 'string',
        typeName: type,
        ...flags,
        members,
        values: alternatives.map((one) => one.slice(1, -1)),
      }
    : { kind: 'string', typeName: type, ...flags, members };
}
