import { endOnSignal } from '../endOnSignal.ts';
import { writeCertificate } from './certificate/writeCertificate.ts';
import { type CommandLine, readCommandLine, usage } from './cli.ts';
import { startEmulator } from './emulator.ts';

const commandLine = readCommandLine(process.argv.slice(2));
if ('help' in commandLine) {
  process.stdout.write(`${usage}\n`);
} else if ('problem' in commandLine) {
  process.stderr.write(`${commandLine.problem}.\n\n${usage}\n`);
  process.exitCode = 2;
} else {
  await run(commandLine);
}

async function run({ options }: Extract<CommandLine, { options: object }>): Promise<void> {
  // Standard output is for the lines below, which a script may read.
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const emulator = await startEmulator({ ...options, log }).catch(sayWhyNot);
  if (!emulator) {
    return;
  }
  const lines = [
    `ARM_ENDPOINT=${emulator.armEndpoint}`,
    `IDENTITY_ENDPOINT=${emulator.identityEndpoint}`,
    `IDENTITY_HEADER=${emulator.identityHeader}`,
  ];
  if (emulator.certificate !== undefined) {
    lines.push(`NODE_EXTRA_CA_CERTS=${writeCertificate(emulator.certificate)}`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  endOnSignal(emulator.close);

  function sayWhyNot(error: NodeJS.ErrnoException) {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') {
      throw error;
    }
    const why = error.code === 'EADDRINUSE' ? 'is taken' : 'may not be listened on';
    process.stderr.write(
      `Port ${options.port} ${why}. Give another with --port N, or leave --port out for a free one.\n`,
    );
    process.exitCode = 1;
  }
}
