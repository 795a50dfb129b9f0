import { parseArgs } from 'node:util';
import { endOnSignal } from './endOnSignal.ts';
import { sampleId } from './sample/containerGroup.ts';
import { startStack } from './stack.ts';

const usage = `Starts the app and all that it needs of Azure on this machine, with a sample container group.

  npm start -- [--port N]

  --port N   the port of the app (default 7071); 0 takes a free one`;

const { values } = parseArgs({
  options: { port: { type: 'string', default: '7071' }, help: { type: 'boolean' } },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const starting = startStack({ port: Number(values.port), onLine: console.log });
const ending = endOnSignal(() => starting.then((stack) => stack.close()));
console.log('Starting Azurite, the ACI emulator and the Functions host …');
try {
  const stack = await starting;
  console.log(`
The app               ${stack.hostUrl}/api
The ACI emulator      ${stack.emulator.armEndpoint} (ARM)
A container group     ${sampleId}

Start a run of it (PowerShell and cmd want other quotes):

  curl -i ${stack.hostUrl}/api/jobs/hello/runs -H "content-type: application/json" -d '{"env": {"NAME": "Ada"}}'

and follow the Location of the answer. Ctrl-C ends everything.
`);
} catch (error) {
  if (!ending.aborted) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
