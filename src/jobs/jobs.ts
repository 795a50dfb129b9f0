import { parseContainerGroupId } from '../aci/containerGroupId.ts';
import type { Fault } from '../aci/errors.ts';
import type { JsonObject } from '../aci/json.ts';
import { parsePointer, toPointer } from '../aci/jsonPointer.ts';
import { variableNameFault } from '../aci/plan/overrides.ts';
import { isSamePlace, propertyOf, type Secret, type SecretPlace } from '../aci/plan/secrets.ts';
import { isInScopes } from '../aci/scopes.ts';
import type { Check } from '../validation/faults.ts';
import { placeInJson } from '../validation/jsonPlace.ts';
import type { Job } from './job.ts';
import {
  type Condition,
  check,
  type JobEntry,
  type JobsFile,
  type Mapping,
  type SecretEntry,
} from './jobsFile.schema.ts';

export type JobsFileContext = {
  /** What an app setting holds; undefined when it is not set. */
  setting: (name: string) => string | undefined;
  scopes: readonly string[] | undefined;
  /** @throws Error when the schema is none. */
  compileContract: (schema: JsonObject) => Check;
};

/** A job's name is part of a route and of the names of its functions. */
const jobName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Headers and query parameters that open this app, or name its URL with the key in it: none of them may end up in a
 * container. App Service's own: x-ms-client-principal…, x-ms-token-…, x-zumo-auth, x-original-url, x-waws-unencoded-url.
 */
const credentials: Record<string, RegExp> = {
  header:
    /^(?:(?:proxy-)?authorization|cookie|x-functions-key|x-ms-client-principal(?:-.*)?|x-ms-token-.*|x-zumo-auth|x-original-url|x-waws-unencoded-url)$/i,
  query: /^code$/i,
};

/** RFC 9110, 5.1: a header's name is a token. */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Reads a jobs file whole.
 * @returns the jobs, and every fault of the file with its JSON Pointer; jobs are worth something only without faults.
 */
export function readJobsFile(text: string, context: JobsFileContext): { jobs: Job[]; faults: Fault[] } {
  const json = text.replace(/^\uFEFF/, '');
  let file: unknown;
  try {
    file = JSON.parse(json);
  } catch {
    return {
      jobs: [],
      faults: [
        {
          code: 'InvalidJson',
          target: '',
          message: `It is not JSON: it breaks off at ${placeInJson(json)}.`,
        },
      ],
    };
  }
  const faults = check(file);
  if (faults.length > 0) {
    return { jobs: [], faults };
  }
  const jobs = Object.entries((file as JobsFile).jobs).map(([name, entry]) => {
    const read = readJob(name, entry, context);
    faults.push(
      ...read.faults.map((fault) => ({ ...fault, target: `${toPointer('jobs', name)}${fault.target}` })),
    );
    return read.job;
  });
  return { jobs, faults };
}

function readJob(name: string, entry: JobEntry, context: JobsFileContext): { job: Job; faults: Fault[] } {
  const faults: Fault[] = [];
  if (!jobName.test(name)) {
    faults.push(
      fault('', `The job name '${name}' must be 1–63 lower-case letters, digits and inner hyphens.`),
    );
  }
  const containerGroup = parseContainerGroupId(entry.containerGroup);
  if (containerGroup === undefined) {
    faults.push(
      fault(
        '/containerGroup',
        `'${entry.containerGroup}' is not the resource id of a container group: /subscriptions/…/resourceGroups/…/providers/Microsoft.ContainerInstance/containerGroups/….`,
      ),
    );
  } else if (!isInScopes(entry.containerGroup, context.scopes)) {
    faults.push(fault('/containerGroup', `'${entry.containerGroup}' is outside ALLOWED_SCOPES.`));
  }
  const contract = entry.env && readContract(entry.env, context, faults);
  const { map, when = [] } = entry;
  faults.push(...(map ?? []).flatMap((mapping, index) => mappingFaults(mapping, toPointer('map', index))));
  faults.push(
    ...duplicateFaults(
      map ?? [],
      (one, other) => one.name === other.name,
      (mapping, index) => fault(toPointer('map', index), `The variable '${mapping.name}' is set twice.`),
    ),
  );
  faults.push(...when.flatMap((condition, index) => sourceFaults(condition, toPointer('when', index))));
  const secrets = (entry.secrets ?? []).map((secret, index) =>
    readSecret(secret, toPointer('secrets', index), context, faults),
  );
  faults.push(
    ...duplicateFaults(
      secrets,
      (one, other) => one !== undefined && other !== undefined && isSamePlace(one, other),
      (secret, index) =>
        fault(toPointer('secrets', index), `The value ${secret && propertyOf(secret)} is set twice.`),
    ),
  );
  const needless = ['command', 'image', 'resources'].filter((member) =>
    (entry.allow as string[] | undefined)?.includes(member),
  );
  if (needless.length > 0 && !entry.allow?.includes('containers')) {
    faults.push(
      fault('/allow', `${needless.join(', ')} can be sent only within containers: allow that, too.`),
    );
  }
  return {
    job: {
      name,
      containerGroup: containerGroup ?? { subscriptionId: '', resourceGroup: '', name: '' },
      ...(entry.container !== undefined && { container: entry.container }),
      ...(contract && { contract }),
      allow: new Set(entry.allow ?? ['env']),
      secrets: secrets.filter((secret) => secret !== undefined),
      ifRunning: entry.ifRunning ?? 'reject',
      ...(map && { map }),
      when,
    },
    faults,
  };
}

function readContract(
  schema: JsonObject,
  { compileContract }: JobsFileContext,
  faults: Fault[],
): Job['contract'] {
  try {
    const check = compileContract(schema);
    if (schema['type'] !== undefined && schema['type'] !== 'object') {
      faults.push(
        fault('/env/type', 'The contract is for the variables as one object: its type must be object.'),
      );
    }
    return { schema, check };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') {
      throw error; // the app itself is not whole
    }
    faults.push(fault('/env', `The contract is not a JSON Schema: ${(error as Error).message}.`));
    return undefined;
  }
}

function readSecret(
  entry: SecretEntry,
  target: string,
  { setting }: JobsFileContext,
  faults: Fault[],
): Secret | undefined {
  const place = placeOf(entry);
  if (place === undefined) {
    faults.push(
      fault(
        target,
        'A secret names one of: container and env; registry; volume; volume and key; workspace ("key" or "resourceId").',
      ),
    );
  }
  const nameFault = place && 'env' in place ? variableNameFault(place.env) : undefined;
  if (nameFault) {
    faults.push(fault(`${target}/env`, `The variable name '${entry.env}' ${nameFault}.`));
  }
  if (entry.from === 'none') {
    if (entry.workspace !== 'resourceId') {
      faults.push(fault(`${target}/from`, `Only a workspace's resourceId can come from none.`));
    }
    return place && { ...place, value: undefined };
  }
  const name = entry.from.slice('setting:'.length);
  const value = setting(name);
  if (!value?.trim()) {
    faults.push(fault(`${target}/from`, `The app setting '${name}' is not set.`));
  } else if (/^@Microsoft\.KeyVault\(/i.test(value)) {
    faults.push(
      fault(
        `${target}/from`,
        `The app setting '${name}' holds a Key Vault reference that the platform could not resolve: see the setting's status in the portal.`,
      ),
    );
  }
  return place && { ...place, value: value ?? '' };
}

function placeOf({ from: _, ...entry }: SecretEntry): SecretPlace | undefined {
  const { container, env, registry, volume, key, workspace } = entry;
  switch (Object.keys(entry).sort().join()) {
    case 'container,env':
      return { container: container ?? '', env: env ?? '' };
    case 'registry':
      return { registry: registry ?? '' };
    case 'volume':
      return { volume: volume ?? '' };
    case 'key,volume':
      return { volume: volume ?? '', key: key ?? '' };
    case 'workspace':
      return { workspace: workspace ?? 'key' };
    default:
      return undefined;
  }
}

function mappingFaults(mapping: Mapping, target: string): Fault[] {
  const nameFault = variableNameFault(mapping.name);
  return [
    ...(nameFault ? [fault(`${target}/name`, `The variable name '${mapping.name}' ${nameFault}.`)] : []),
    ...sourceFaults(mapping, target),
    ...(mapping.pattern !== undefined && !isPattern(mapping.pattern)
      ? [fault(`${target}/pattern`, `'${mapping.pattern}' is not a regular expression.`)]
      : []),
    ...(mapping.required && mapping.default !== undefined
      ? [fault(`${target}/default`, 'A variable is either required or has a default.')]
      : []),
  ];
}

function sourceFaults({ from, source = 'body' }: Mapping | Condition, target: string): Fault[] {
  if (source === 'body') {
    return parsePointer(from) === undefined
      ? [fault(`${target}/from`, `'${from}' is not a JSON Pointer; it starts with a slash, as in /data/tag.`)]
      : [];
  }
  if (source === 'header' && !headerName.test(from)) {
    return [fault(`${target}/from`, `'${from}' is not the name of a header.`)];
  }
  return credentials[source]?.test(from)
    ? [
        fault(
          `${target}/from`,
          `The ${source} '${from}' carries credentials of this app, which no container may see.`,
        ),
      ]
    : [];
}

function duplicateFaults<Item>(
  items: readonly Item[],
  areSame: (one: Item, other: Item) => boolean,
  faultOf: (item: Item, index: number) => Fault,
): Fault[] {
  return items.flatMap((item, index) =>
    items.slice(0, index).some((earlier) => areSame(earlier, item)) ? [faultOf(item, index)] : [],
  );
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

function fault(target: string, message: string): Fault {
  return { code: 'InvalidJob', target, message };
}
