import { parseContainerGroupId } from '../aci/containerGroupId.ts';
import type { Fault } from '../aci/errors.ts';
import type { JsonObject } from '../aci/json.ts';
import { toPointer } from '../aci/jsonPointer.ts';
import { isSamePlace, propertyOf } from '../aci/plan/secrets.ts';
import { isInScopes } from '../aci/scopes.ts';
import type { Check } from '../validation/faults.ts';
import { cloneMembers } from './cloneMembers.ts';
import { registryFaults } from './imagePolicy.ts';
import type { Job } from './job.ts';
import { jobFault } from './jobFault.ts';
import type { JobEntry } from './jobsFile.schema.ts';
import { mappingFaults, sourceFaults } from './mappingFaults.ts';
import { readCallbackSecrets } from './readCallbackSecrets.ts';
import { readJobHook } from './readJobHook.ts';
import { readSecret } from './readSecret.ts';
import type { RunLife } from './runRequest.schema.ts';
import { scheduleFault } from './schedule.ts';

export type JobsFileContext = {
  /** What an app setting holds; undefined when it is not set. */
  setting: (name: string) => string | undefined;
  scopes: readonly string[] | undefined;
  /** @throws Error when the schema is none. */
  compileContract: (schema: JsonObject) => Check;
};

/** A job's name is part of a route and of the names of its functions. */
const jobName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** One entry of the jobs file as a job, with every fault of it; the job is worth something only without. */
export function readJob(
  name: string,
  entry: JobEntry,
  context: JobsFileContext,
): { job: Job; faults: Fault[] } {
  const faults: Fault[] = [];
  if (!jobName.test(name)) {
    faults.push(
      jobFault('', `The job name '${name}' must be 1–63 lower-case letters, digits and inner hyphens.`),
    );
  }
  const containerGroup = parseContainerGroupId(entry.containerGroup);
  if (containerGroup === undefined) {
    faults.push(
      jobFault(
        '/containerGroup',
        `'${entry.containerGroup}' is not the resource id of a container group: /subscriptions/…/resourceGroups/…/providers/Microsoft.ContainerInstance/containerGroups/….`,
      ),
    );
  } else if (!isInScopes(entry.containerGroup, context.scopes)) {
    faults.push(jobFault('/containerGroup', `'${entry.containerGroup}' is outside ALLOWED_SCOPES.`));
  }
  const contract = entry.env && readContract(entry.env, context, faults);
  const { map, when = [], schedule, imagePolicy, onImagePush } = entry;
  faults.push(...(map ?? []).flatMap((mapping, index) => mappingFaults(mapping, toPointer('map', index))));
  faults.push(
    ...duplicateFaults(
      map ?? [],
      (one, other) => one.name === other.name,
      (mapping, index) => jobFault(toPointer('map', index), `The variable '${mapping.name}' is set twice.`),
    ),
  );
  faults.push(...when.flatMap((condition, index) => sourceFaults(condition, toPointer('when', index))));
  const secrets = (entry.secrets ?? []).map((secret, index) =>
    readSecret(secret, toPointer('secrets', index), context.setting, faults),
  );
  faults.push(
    ...duplicateFaults(
      secrets,
      (one, other) => one !== undefined && other !== undefined && isSamePlace(one, other),
      (secret, index) =>
        jobFault(toPointer('secrets', index), `The value ${secret && propertyOf(secret)} is set twice.`),
    ),
  );
  const callbackSecrets = readCallbackSecrets(entry.callbackSecret, context.setting, faults);
  const hook = readJobHook(entry, context.setting, faults);
  faults.push(...registryFaults(imagePolicy ?? {}), ...scheduleFaults(entry, contract));
  faults.push(...lifeFaults(entry));
  const needless = ['command', 'image', 'resources'].filter((member) =>
    (entry.allow as string[] | undefined)?.includes(member),
  );
  if (needless.length > 0 && !entry.allow?.includes('containers')) {
    faults.push(
      jobFault('/allow', `${needless.join(', ')} can be sent only within containers: allow that, too.`),
    );
  }
  return {
    job: {
      name,
      containerGroup: containerGroup ?? { subscriptionId: '', resourceGroup: '', name: '' },
      ...(entry.container !== undefined && { container: entry.container }),
      ...(contract && { contract }),
      allow: new Set(entry.allow ?? ['env']),
      roles: entry.roles ?? [],
      secrets: secrets.filter((secret) => secret !== undefined),
      life: lifeOf(entry),
      callbackSecrets,
      ...(map && { map }),
      when,
      ...(hook && { hook }),
      ...(schedule !== undefined && { schedule }),
      ...(imagePolicy && { imagePolicy }),
      ...(onImagePush && { onImagePush }),
    },
    faults,
  };
}

function lifeOf(entry: JobEntry): RunLife {
  const { mode, tasks, parallelism, timeoutSeconds, startWithinSeconds, maxRetries, ttlSeconds, ifRunning } =
    entry;
  const life = {
    ...{ mode, tasks, parallelism, timeoutSeconds, startWithinSeconds, maxRetries, ttlSeconds, ifRunning },
  };
  return Object.fromEntries(Object.entries(life).filter(([, value]) => value !== undefined)) as RunLife;
}

/** A schedule sends no variables, so a contract that asks for some lets none of its runs begin. */
function scheduleFaults({ schedule }: JobEntry, contract: Job['contract']): Fault[] {
  if (schedule === undefined) {
    return [];
  }
  const message = scheduleFault(schedule);
  return [
    ...(message === undefined ? [] : [jobFault('/schedule', message)]),
    ...(contract && contract.check({}).length > 0
      ? [jobFault('/schedule', 'A schedule sends no variables, and the contract in env asks for some.')]
      : []),
  ];
}

/** What a job says of copies means nothing where none of its runs can have any. */
function lifeFaults(entry: JobEntry): Fault[] {
  if (entry.mode === 'clone' || entry.allow?.includes('mode')) {
    return [];
  }
  return cloneMembers
    .filter((member) => entry[member] !== undefined)
    .map((member) =>
      jobFault(toPointer(member), `'${member}' is for copies: say "mode": "clone", or allow callers to.`),
    );
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
        jobFault('/env/type', 'The contract is for the variables as one object: its type must be object.'),
      );
    }
    return { schema, check };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') {
      throw error; // the app itself is not whole
    }
    faults.push(jobFault('/env', `The contract is not a JSON Schema: ${(error as Error).message}.`));
    return undefined;
  }
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
