import { join } from 'node:path';
import { type Emulator, startEmulator } from './aci/emulator.ts';
import { noLimits } from './aci/limits.ts';
import { callArm } from './armRest.ts';
import { startAzurite } from './azurite.ts';
import { startChild } from './children.ts';
import { sampleGroup, sampleId, sampleSettings } from './sample/containerGroup.ts';

export type StackOptions = {
  /** The port of the Functions host; 0 takes a free one. */
  port: number;
  /** Gets every line that the host and the emulator print. */
  onLine?: (line: string) => void;
};

/** Everything that the app needs of Azure, and the app, on this machine. Nothing is throttled here: it is for a first look. */
export type Stack = {
  emulator: Emulator;
  /** Where the app is served. */
  hostUrl: string;
  /** Settles when the host is gone, also when it ended by itself. */
  hostExited: Promise<unknown>;
  /** Ends all of it. */
  close(): Promise<void>;
};

/** The app's own settings: a developer's, in the shell or in local.settings.json, are not for this stack. */
const unset = Object.fromEntries(
  [
    'ACI_CONTAINER_GROUP',
    'ACI_RESOURCE_GROUP',
    'ACI_SUBSCRIPTION_ID',
    'ALLOWED_SCOPES',
    'ARM_CREDENTIAL',
    'AZURE_CLIENT_ID',
    'GROUP_RUN_ALLOW',
    'PUBLIC_URL',
    'WEBSITE_HOSTNAME',
  ].map((name) => [name, '']),
);

/**
 * Starts Azurite, the ACI emulator with a sample container group, and the Functions host over the built app.
 * @throws Error when one of them does not start; the others are ended then.
 */
export async function startStack({ port, onLine = () => {} }: StackOptions): Promise<Stack> {
  const ends: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) {
      await end();
    }
  };
  try {
    const [azurite, emulator] = await Promise.all([
      ended(startAzurite(), (started) => started.close()),
      ended(startEmulator({ limits: noLimits, log: (line) => onLine(line) }), (started) => started.close()),
    ]);
    await callArm(emulator, 'PUT', sampleId, sampleGroup);
    const starting = ended(
      startChild<{ url: string }>({
        script: join(import.meta.dirname, 'host.ts'),
        args: ['--port', String(port)],
        env: {
          ...process.env,
          ...unset,
          ...sampleSettings,
          ARM_ENDPOINT: emulator.armEndpoint,
          IDENTITY_ENDPOINT: emulator.identityEndpoint,
          IDENTITY_HEADER: emulator.identityHeader,
          AzureWebJobsStorage: azurite.connectionString,
          JOBS_FILE: 'local/sample/jobs.json',
        },
        onLine: (line) => onLine(line),
      }),
      (started) => started.stop(),
    );
    const [host] = await Promise.all([starting, firstRunOver(emulator)]);
    return { emulator, hostUrl: host.ready.url, hostExited: host.exited, close };
  } catch (error) {
    await close();
    throw error;
  }

  /** Whatever has started is ended with the rest, also when something beside it did not start. */
  async function ended<Started>(starting: Promise<Started>, end: (started: Started) => Promise<unknown>) {
    const started = await starting;
    ends.push(() => end(started));
    return started;
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
