import { resolve } from 'node:path';
import { endOnSignal } from './endOnSignal.ts';
import { readOptions, readPort } from './options.ts';
import { sampleId } from './sample/containerGroup.ts';
import { startLocalAzure, startStack } from './stack.ts';

const usage = `Starts the app and all that it needs of Azure on this machine, with a sample container group.

  npm start -- [--port N] [--jobs FILE]
  npm start -- --no-host [--jobs FILE]

  --port N      the port of the app (default 7071); 0 takes a free one
  --jobs FILE   your own jobs file in the place of the sample's; the settings that it names are
                taken from the environment, or from local.settings.json
  --no-host     everything but the host: prints the settings with which \`func start\` finds it`;

const { values } = readOptions(usage, {
  port: { type: 'string', default: '7071' },
  jobs: { type: 'string' },
  'no-host': { type: 'boolean', default: false },
});
const port = readPort(usage, values.port);
const jobsFile = values.jobs === undefined ? undefined : resolve(values.jobs);
let isReady = false;
const onLine = (line: string) => {
  if (isReady) {
    console.log(line);
  }
};

await (values['no-host'] ? serveAzure() : serveApp());

async function serveApp(): Promise<void> {
  const starting = startStack({ port, jobsFile, onLine });
  const ending = endOnSignal(() => starting.then((stack) => stack.close()));
  console.log('Starting Azurite, the ACI emulator and the Functions host …');
  try {
    const stack = await starting;
    if (ending.aborted) {
      return; // it is being closed
    }
    isReady = true;
    console.log(`
The console           ${stack.hostUrl}/api/console (no key is needed on this machine)
The app               ${stack.hostUrl}/api
The ACI emulator      ${stack.emulator.armEndpoint} (ARM)
A container group     ${sampleId}

${whatNext(stack.hostUrl)}
Ctrl-C ends everything.
`);
    await stack.hostExited;
    if (!ending.aborted) {
      console.error('The Functions host has ended by itself; so does everything else.');
      await stack.close();
      process.exitCode = 1;
    }
  } catch (error) {
    sayWhyNot(error, ending);
  }
}

function whatNext(hostUrl: string): string {
  return jobsFile === undefined
    ? `Start a run of it (PowerShell and cmd want other quotes):

  curl -i ${hostUrl}/api/jobs/hello/runs -H "content-type: application/json" -d '{"env": {"NAME": "Ada"}}'

and follow the Location of the answer.`
    : `The jobs of ${jobsFile} are at ${hostUrl}/api/jobs.`;
}

async function serveAzure(): Promise<void> {
  const starting = startLocalAzure({ jobsFile, onLine });
  const ending = endOnSignal(() => starting.then((azure) => azure.close()));
  console.log('Starting Azurite and the ACI emulator …');
  try {
    const { settings } = await starting;
    if (ending.aborted) {
      return;
    }
    isReady = true;
    console.log('\nIn another terminal (bash, zsh):\n');
    for (const [name, value] of Object.entries(settings)) {
      console.log(`export ${name}='${value}'`);
    }
    console.log('func start\n\nCtrl-C here ends what it runs on.');
  } catch (error) {
    sayWhyNot(error, ending);
  }
}

function sayWhyNot(error: unknown, ending: AbortSignal): void {
  if (!ending.aborted) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
