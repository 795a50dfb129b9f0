import { parseArgs } from 'node:util';
import type { EmulatorOptions } from './emulator.ts';
import { noLimits } from './limits.ts';

export const usage = `Azure Container Instances and a managed identity endpoint, on this machine alone.

  node local/aci/main.ts [options]

  --port N        the port to listen on; a free one unless given
  --https         serve https, with a certificate made for this run
  --strict        subscriptions and resource groups must be created before they are used
  --page-size N   how many resources one answer lists; all of them unless given
  --no-limits     no quotas, and no request is one too many
  --help          this text`;

export type CommandLine =
  | { options: Pick<EmulatorOptions, 'port' | 'https' | 'strict' | 'pageSize' | 'limits'> }
  | { help: true }
  | { problem: string };

/** Reads the words after `node local/aci/main.ts`. */
export function readCommandLine(args: string[]): CommandLine {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    // Node's words for an unknown option, or one without its value; what follows is advice for other commands.
    return { problem: (error as Error).message.split('. ')[0] ?? '' };
  }
  const { help, port, https, strict, 'page-size': pageSize } = values;
  if (help) {
    return { help };
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return { problem: `--port is '${port}'; it must be a whole number from 0 to 65535` };
  }
  if (pageSize !== undefined && !/^[1-9]\d{0,8}$/.test(pageSize)) {
    return { problem: `--page-size is '${pageSize}'; it must be a whole number, 1 or more` };
  }
  return {
    options: {
      port: Number(port),
      https,
      strict,
      ...(pageSize !== undefined && { pageSize: Number(pageSize) }),
      ...(values['no-limits'] && { limits: noLimits }),
    },
  };
}

function parse(args: string[]) {
  return parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      https: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      'page-size': { type: 'string' },
      'no-limits': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}
