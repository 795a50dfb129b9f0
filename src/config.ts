import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { containerGroupIdFaults, resourceIdOf } from './aci/containerGroupId.ts';
import type { Fault } from './aci/errors.ts';
import type { JsonObject } from './aci/json.ts';
import { isInScopes, isScope } from './aci/scopes.ts';
import type { Job } from './jobs/job.ts';
import { type JobsFileContext, readJobsFile } from './jobs/jobs.ts';
import type { AllowableMember } from './jobs/jobsFile.schema.ts';
import { isLoopbackHost } from './loopbackGuard.ts';
import { type Check, closest } from './validation/faults.ts';

/** All that the app is told from outside, checked. */
export type Config = {
  arm: { endpoint: string; credential: 'managed-identity' | 'caller'; clientId: string | undefined };
  /** ARM scopes that the app may touch; undefined where only the identity's roles decide. */
  scopes: readonly string[] | undefined;
  jobs: ReadonlyMap<string, Job>;
  /** What an operator's launch may change besides variables. */
  groupRunAllow: ReadonlySet<AllowableMember>;
  /** The origin that callers reach the app by; undefined on a machine where only the request tells. */
  publicOrigin: string | undefined;
  /** Whether Azure is an emulator on this machine, so that web pages elsewhere must be kept out. */
  isLocal: boolean;
};

export type ConfigContext = {
  /** The folder of host.json, where jobs.json is looked for. */
  appRoot: string;
  compileContract: (schema: JsonObject) => Check;
};

/** The app's settings are wrong; the message names every fault. */
export class InvalidSettings extends Error {
  constructor(faults: readonly Fault[]) {
    super(
      `The app cannot start: ${faults.length} ${faults.length === 1 ? 'setting is' : 'settings are'} wrong.\n` +
        faults.map(({ target, message }) => `  ${target}: ${message}`).join('\n'),
    );
    this.name = 'InvalidSettings';
  }
}

const groupRunAllowable = ['command', 'image', 'resources'] as const;

/**
 * Reads the settings from the environment, and the jobs file that they name.
 * @param env the environment; this process's own, but for tests.
 * @throws InvalidSettings with every fault of both.
 */
export function readConfig(context: ConfigContext, env: NodeJS.ProcessEnv = process.env): Config {
  const faults: Fault[] = [];
  const verbatim = (name: string) => env[name];
  const setting = (name: string) => verbatim(name)?.trim() || undefined;
  const fault = (target: string, message: string) => faults.push({ code: 'InvalidSetting', target, message });

  const endpoint = readOrigin(
    'ARM_ENDPOINT',
    setting('ARM_ENDPOINT') ?? 'https://management.azure.com',
    fault,
  );
  const publicUrl = setting('PUBLIC_URL');
  const hostName = setting('WEBSITE_HOSTNAME');
  const scopes = readList(verbatim('ALLOWED_SCOPES') || undefined)?.map((scope) => scope.replace(/\/+$/, ''));
  if (scopes?.length === 0) {
    fault('ALLOWED_SCOPES', 'It names no scope; take the setting away when nothing is to be held back.');
  }
  for (const scope of (scopes ?? []).filter((scope) => !isScope(scope))) {
    fault(
      'ALLOWED_SCOPES',
      `'${scope}' is not an ARM scope; it is /subscriptions/<id>, with /resourceGroups/<name> or a container group's whole resource id.`,
    );
  }
  const groupRunAllow = readList(setting('GROUP_RUN_ALLOW')) ?? [];
  for (const member of groupRunAllow.filter(
    (member) => !groupRunAllowable.some((known) => known === member),
  )) {
    const meant = closest(member, groupRunAllowable);
    fault(
      'GROUP_RUN_ALLOW',
      `'${member}' is none of ${groupRunAllowable.join(', ')}${meant ? `; did you mean '${meant}'?` : '.'}`,
    );
  }
  const credential = readCredential(setting, fault);
  const clientId = setting('AZURE_CLIENT_ID');
  if (clientId !== undefined && !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId)) {
    fault('AZURE_CLIENT_ID', 'It is not the client id (a GUID) of a user-assigned identity.');
  }
  const config: Config = {
    arm: { endpoint, credential, clientId },
    scopes,
    jobs: readJobs(setting, { ...context, scopes, setting: verbatim }, faults),
    groupRunAllow: new Set([
      'env',
      'secureEnv',
      'containers',
      'ifRunning',
      ...groupRunAllow,
    ] as AllowableMember[]),
    publicOrigin:
      publicUrl !== undefined
        ? readOrigin('PUBLIC_URL', publicUrl, fault)
        : hostName !== undefined && !isLoopbackHost(hostName)
          ? `https://${hostName}`
          : undefined,
    isLocal: isLoopbackHost(URL.parse(endpoint)?.host ?? ''),
  };
  if (faults.length > 0) {
    throw new InvalidSettings(faults);
  }
  return config;
}

/** Whose token ARM gets. */
function readCredential(
  setting: (name: string) => string | undefined,
  fault: (target: string, message: string) => void,
): 'managed-identity' | 'caller' {
  const credential = setting('ARM_CREDENTIAL') ?? 'managed-identity';
  if (credential !== 'managed-identity' && credential !== 'caller') {
    const meant = closest(credential, ['managed-identity', 'caller']);
    fault(
      'ARM_CREDENTIAL',
      `'${credential}' is neither managed-identity nor caller${meant ? `; did you mean '${meant}'?` : '.'}`,
    );
    return 'managed-identity';
  }
  if (credential === 'caller' && setting('WEBSITE_AUTH_ENABLED')?.toLowerCase() === 'true') {
    fault(
      'ARM_CREDENTIAL',
      "caller does not go with Easy Auth, which keeps the caller's Authorization header for itself.",
    );
  }
  return credential;
}

function readJobs(
  setting: (name: string) => string | undefined,
  context: ConfigContext & JobsFileContext,
  faults: Fault[],
): Map<string, Job> {
  const jobs = new Map<string, Job>();
  const named = setting('JOBS_FILE');
  const path = resolve(context.appRoot, named ?? 'jobs.json');
  if (named !== undefined || existsSync(path)) {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
      const file = readJobsFile(text, context);
      faults.push(
        ...file.faults.map((each) => ({ ...each, target: `${named ?? 'jobs.json'}#${each.target}` })),
      );
      for (const job of file.jobs) {
        jobs.set(job.name, job);
      }
    } catch (error) {
      faults.push({
        code: 'InvalidSetting',
        target: 'JOBS_FILE',
        message: `'${path}' cannot be read: ${(error as Error).message}.`,
      });
    }
  }
  const defaultJob = readDefaultJob(setting, context.scopes, faults);
  if (defaultJob && jobs.has(defaultJob.name)) {
    faults.push({
      code: 'InvalidSetting',
      target: 'ACI_CONTAINER_GROUP',
      message:
        "The jobs file has a job named 'default' already: take it out there, or the three ACI_ settings here.",
    });
  } else if (defaultJob) {
    jobs.set(defaultJob.name, defaultJob);
  }
  return jobs;
}

/** The job that the three ACI_ settings make, when they are there. */
function readDefaultJob(
  setting: (name: string) => string | undefined,
  scopes: readonly string[] | undefined,
  faults: Fault[],
): Job | undefined {
  const names = {
    subscriptionId: 'ACI_SUBSCRIPTION_ID',
    resourceGroup: 'ACI_RESOURCE_GROUP',
    name: 'ACI_CONTAINER_GROUP',
  };
  const given = Object.values(names).filter((name) => setting(name) !== undefined);
  if (given.length === 0) {
    return undefined;
  }
  const missing = Object.values(names).filter((name) => setting(name) === undefined);
  if (missing.length > 0) {
    faults.push(
      ...missing.map((target) => ({
        code: 'InvalidSetting',
        target,
        message: `It is not set, though ${given.join(' and ')} ${given.length === 1 ? 'is' : 'are'}; the three go together.`,
      })),
    );
    return undefined;
  }
  const containerGroup = {
    subscriptionId: setting(names.subscriptionId) ?? '',
    resourceGroup: setting(names.resourceGroup) ?? '',
    name: setting(names.name) ?? '',
  };
  faults.push(...containerGroupIdFaults(containerGroup, names));
  if (!isInScopes(resourceIdOf(containerGroup), scopes)) {
    faults.push({
      code: 'InvalidSetting',
      target: names.name,
      message: 'The container group is outside ALLOWED_SCOPES.',
    });
  }
  return {
    name: 'default',
    containerGroup,
    allow: new Set(['env']),
    secrets: [],
    ifRunning: 'reject',
    when: [],
  };
}

/** An origin such as https://example.org: https, or http on this machine alone. */
function readOrigin(name: string, value: string, fault: (target: string, message: string) => void): string {
  const url = URL.parse(value);
  if (
    url === null ||
    (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.host)))
  ) {
    const shown = value.replace(/^(\w+:\/\/)?.*@/s, '$1…@'); // a password may stand there
    fault(name, `'${shown}' is not an https: URL; http: is only for localhost, 127.0.0.1 and [::1].`);
    return value;
  }
  if (
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== '' ||
    url.password !== ''
  ) {
    fault(name, `It must be an origin alone: ${url.origin}.`);
  }
  return url.origin;
}

function readList(value: string | undefined): string[] | undefined {
  return value
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
