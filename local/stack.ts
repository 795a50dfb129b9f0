import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Emulator, startEmulator } from './aci/emulator.ts';
import { noLimits } from './aci/limits.ts';
import { callArm } from './armRest.ts';
import { startAzurite } from './azurite.ts';
import { startChild } from './children.ts';
import { sampleGroup, sampleId, sampleSettings } from './sample/containerGroup.ts';

export type LocalAzureOptions = {
  /** Where the app's jobs file is; the sample's without it. */
  jobsFile?: string | undefined;
  /** Gets every line that is printed. */
  onLine?: (line: string) => void;
};

export type StackOptions = LocalAzureOptions & {
  /** The port of the Functions host; 0 takes a free one. */
  port: number;
};

/** What the app needs of Azure, on this machine. Nothing is throttled here: it is for a first look. */
export type LocalAzure = {
  emulator: Emulator;
  /** The settings with which a Functions host over the app finds all of it. */
  settings: Record<string, string>;
  close(): Promise<void>;
};

/** The app, and what it needs of Azure, on this machine. */
export type Stack = {
  emulator: Emulator;
  /** Where the app is served. */
  hostUrl: string;
  /** Settles when the host is gone, also when it ended by itself. */
  hostExited: Promise<unknown>;
  close(): Promise<void>;
};

/**
 * The app's own settings: a developer's, in the shell or in local.settings.json, are not for this. All others are: jobs have their
 * secrets from there.
 */
const unset = Object.fromEntries(
  [
    'ACI_CONTAINER_GROUP',
    'ACI_RESOURCE_GROUP',
    'ACI_SUBSCRIPTION_ID',
    'ALLOWED_SCOPES',
    'ARM_CREDENTIAL',
    'AZURE_CLIENT_ID',
    'CALLBACK_HOSTS',
    'GROUP_RUN_ALLOW',
    'PUBLIC_URL',
    'RUN_RETENTION_DAYS',
    'WEBSITE_HOSTNAME',
  ].map((name) => [name, '']),
);

/**
 * Starts Azurite and the ACI emulator with a sample container group, whose first run it waits for.
 * @throws Error when one of them does not start; the other is ended then.
 */
export async function startLocalAzure({
  jobsFile = 'local/sample/jobs.json',
  onLine = () => {},
}: LocalAzureOptions = {}): Promise<LocalAzure> {
  const started = await Promise.allSettled([
    startAzurite(),
    startEmulator({ limits: noLimits, log: (line) => onLine(line) }),
  ]);
  const [azurite, emulator] = started;
  const close = async () => {
    await Promise.all(started.map((each) => each.status === 'fulfilled' && each.value.close()));
  };
  if (azurite.status === 'rejected' || emulator.status === 'rejected') {
    await close();
    throw started.find((each) => each.status === 'rejected')?.reason;
  }
  const { armEndpoint, identityEndpoint, identityHeader } = emulator.value;
  await callArm(emulator.value, 'PUT', sampleId, sampleGroup);
  await firstRunOver(emulator.value);
  return {
    emulator: emulator.value,
    settings: {
      ...sampleSettings,
      ARM_ENDPOINT: armEndpoint,
      IDENTITY_ENDPOINT: identityEndpoint,
      IDENTITY_HEADER: identityHeader,
      AzureWebJobsStorage: azurite.value.connectionString,
      JOBS_FILE: jobsFile,
      LAUNCHER_SECRET: randomBytes(32).toString('hex'),
    },
    close,
  };
}

/**
 * Starts what the app needs of Azure, and the Functions host over the built app.
 * @throws Error when one of them does not start; the others are ended then.
 */
export async function startStack({ port, jobsFile, onLine = () => {} }: StackOptions): Promise<Stack> {
  const { emulator, settings, close } = await startLocalAzure({ jobsFile, onLine });
  try {
    const host = await startChild<{ url: string }>({
      script: join(import.meta.dirname, 'host.ts'),
      args: ['--port', String(port)],
      env: { ...process.env, ...unset, ...settings },
      onLine: (line) => onLine(line),
    });
    return {
      emulator,
      hostUrl: host.ready.url,
      hostExited: host.exited,
      async close() {
        await host.stop();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A new group runs once by itself. Until that is over it is busy, or would be ended by the first launch. */
async function firstRunOver(emulator: Emulator): Promise<void> {
  type Group = { properties: { provisioningState: string; instanceView: { state: string | null } } };
  for (;;) {
    const { properties } = (await callArm(emulator, 'GET', sampleId)) as Group;
    if (
      properties.provisioningState === 'Failed' ||
      ['Succeeded', 'Failed'].includes(properties.instanceView.state ?? '')
    ) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
