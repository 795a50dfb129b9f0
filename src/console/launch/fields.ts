/** As much of a JSON Schema as a form can be made from. */
export type Schema = {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  properties?: Record<string, Schema | boolean>;
  required?: string[];
  additionalProperties?: Schema | boolean;
};

/** How a value is typed in; `pairs` are names with values, of which there may be any number. */
export type FieldKind = 'text' | 'number' | 'choice' | 'date' | 'json' | 'pairs' | 'securePairs';

/** One value of a request. */
export type Field = {
  /** Where it belongs: the members of the body that lead to it. */
  path: readonly string[];
  kind: FieldKind;
  label: string;
  required: boolean;
  /** What may be chosen, as JSON, with a word for each. */
  choices: readonly { json: string; word: string }[];
  /** What is there at first, as it would be typed in. */
  initial: string;
  help: string;
};

/**
 * The form for a job's contract: a field for each variable that it names, and one for each other member of a RunRequest that it allows.
 * What no field can express is typed in as JSON. `dryRun` is not asked for: the plan beside the form is that.
 */
export function fieldsOf(contract: Schema): { variables: Field[]; options: Field[] } {
  const members = Object.entries(contract.properties ?? {}).filter(([name]) => name !== 'dryRun');
  const variables = members.flatMap(([name, schema]) =>
    name === 'env'
      ? environmentFields(asSchema(schema))
      : name === 'secureEnv'
        ? [pairs(['secureEnv'], 'Secure variables', schema)]
        : [],
  );
  const options = members
    .filter(([name]) => name !== 'env' && name !== 'secureEnv')
    .map(([name, schema]) =>
      name === 'tags'
        ? pairs(['tags'], 'tags', schema)
        : fieldOf([name], asSchema(schema), contract.required?.includes(name) ?? false),
    );
  return { variables, options };
}

function environmentFields(env: Schema): Field[] {
  const named = Object.entries(env.properties ?? {}).map(([name, schema]) =>
    fieldOf(['env', name], asSchema(schema), env.required?.includes(name) ?? false),
  );
  return env.additionalProperties === false
    ? named
    : [...named, pairs(['env'], named.length > 0 ? 'Other variables' : 'Variables', env)];
}

function pairs(path: readonly string[], label: string, schema: Schema | boolean): Field {
  const { description } = asSchema(schema);
  return {
    path,
    kind: path[0] === 'secureEnv' ? 'securePairs' : 'pairs',
    label,
    required: false,
    choices: [],
    initial: '',
    help: description ?? '',
  };
}

function fieldOf(path: readonly string[], schema: Schema, required: boolean): Field {
  const kind = kindOf(schema);
  const choices = choicesOf(schema);
  return {
    path,
    kind,
    label: path.at(-1) ?? '',
    required,
    choices,
    initial: initialOf(schema, kind),
    help: [schema.title, schema.description, limitsOf(schema)].filter(Boolean).join(' '),
  };
}

function kindOf(schema: Schema): FieldKind {
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  const [type] = types;
  if (choicesOf(schema).length > 0) {
    return 'choice';
  }
  if (types.length === 1 && (type === 'number' || type === 'integer')) {
    return 'number';
  }
  if (types.length === 1 && type === 'string') {
    return schema.format === 'date' ? 'date' : 'text';
  }
  return 'json';
}

function choicesOf({ enum: listed, const: only, type }: Schema): Field['choices'] {
  const values = listed ?? (only !== undefined ? [only] : type === 'boolean' ? [true, false] : []);
  return values.map((value) => ({
    json: JSON.stringify(value),
    word: typeof value === 'string' ? value : JSON.stringify(value),
  }));
}

function initialOf({ default: initial }: Schema, kind: FieldKind): string {
  if (initial === undefined) {
    return '';
  }
  return typeof initial === 'string' && kind !== 'json' && kind !== 'choice'
    ? initial
    : JSON.stringify(initial);
}

function limitsOf({ minimum, maximum, minLength, maxLength, pattern, format }: Schema): string {
  const range = (least: number | undefined, most: number | undefined, unit: string) =>
    least === undefined && most === undefined
      ? ''
      : most === undefined
        ? `At least ${least}${unit}.`
        : least === undefined
          ? `At most ${most}${unit}.`
          : `${least} to ${most}${unit}.`;
  return [
    range(minimum, maximum, ''),
    range(minLength, maxLength, ' characters'),
    pattern === undefined ? '' : `Fits ${pattern}.`,
    format === undefined || format === 'date' ? '' : `Format: ${format}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function asSchema(schema: Schema | boolean): Schema {
  return typeof schema === 'boolean' ? {} : schema;
}
