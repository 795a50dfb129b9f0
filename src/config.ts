import type { Fault } from './aci/errors.ts';
import type { JsonObject } from './aci/json.ts';
import { isScope } from './aci/scopes.ts';
import { configuredJobs } from './configuredJobs.ts';
import { type AllowableMember, allowable } from './jobs/allowable.ts';
import type { Job } from './jobs/job.ts';
import { isLoopbackHost } from './loopbackGuard.ts';
import { readCallbackHosts } from './runs/callbacks/readCallbackHosts.ts';
import { readLauncherSecret } from './runs/sealing/readLauncherSecret.ts';
import { readStorageConnection, type StorageConnection } from './runs/store/storageConnection.ts';
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
  /** Whether the platform authenticates callers (Easy Auth), so that what it says of them can be believed and app roles decide. */
  easyAuth: boolean;
  /** What secrets of runs are sealed with, and tickets signed: the first does, all of them open. None, where nothing secret may be stored. */
  launcherSecrets: readonly string[];
  /** The hosts that callbacks may go to. */
  callbackHosts: readonly string[];
  runRetentionDays: number;
  /** Where runs and the messages about them are kept. */
  storage: StorageConnection;
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

/** What every operator may send. */
const groupRunMembers = allowable.filter((member) => !groupRunAllowable.some((known) => known === member));

const mostRetentionDays = 3_650;

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
  const isLocal = isLoopbackHost(URL.parse(endpoint)?.host ?? '');
  const launcherSecret = readLauncherSecret(verbatim('LAUNCHER_SECRET'));
  const callbacks = readCallbackHosts(setting('CALLBACK_HOSTS'), { allowLoopback: isLocal });
  const storage = readStorageConnection(setting);
  launcherSecret.faults.forEach((message) => void fault('LAUNCHER_SECRET', message));
  callbacks.faults.forEach((message) => void fault('CALLBACK_HOSTS', message));
  storage.faults.forEach(({ target, message }) => void fault(target, message));
  const config = {
    arm: { endpoint, credential, clientId },
    scopes,
    jobs: configuredJobs(setting, { ...context, scopes, setting: verbatim }, faults),
    groupRunAllow: new Set([...groupRunMembers, ...(groupRunAllow as AllowableMember[])]),
    publicOrigin:
      publicUrl !== undefined
        ? readOrigin('PUBLIC_URL', publicUrl, fault)
        : hostName !== undefined && !isLoopbackHost(hostName)
          ? `https://${hostName}`
          : undefined,
    isLocal,
    easyAuth: readEasyAuth(setting, fault),
    launcherSecrets: launcherSecret.secrets,
    callbackHosts: callbacks.hosts,
    runRetentionDays: readRetention(setting('RUN_RETENTION_DAYS'), fault),
  };
  if (faults.length > 0 || storage.connection === undefined) {
    throw new InvalidSettings(faults);
  }
  return { ...config, storage: storage.connection };
}

function readRetention(value: string | undefined, fault: (target: string, message: string) => void): number {
  const days = Number(value ?? 30);
  if (!/^\d+$/.test(value ?? '30') || days < 1 || days > mostRetentionDays) {
    fault('RUN_RETENTION_DAYS', `It must be a whole number of days from 1 to ${mostRetentionDays}.`);
  }
  return days;
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

function readEasyAuth(
  setting: (name: string) => string | undefined,
  fault: (target: string, message: string) => void,
): boolean {
  const value = setting('WEBSITE_AUTH_ENABLED')?.toLowerCase() ?? 'false'; // the platform writes True, or False
  if (value !== 'true' && value !== 'false') {
    fault(
      'WEBSITE_AUTH_ENABLED',
      'It is neither True nor False. The platform sets it; do not set it yourself.',
    );
  }
  return value === 'true';
}

/** An origin such as https://example.org: https, or http on this machine alone. */
function readOrigin(name: string, value: string, fault: (target: string, message: string) => void): string {
  const url = URL.parse(value);
  if (
    url === null ||
    (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.host)))
  ) {
    // A password or a key may stand there.
    const shown = value.replace(/^(\w+:\/\/)?.*@/s, '$1…@').replace(/[?#].*$/s, '');
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
