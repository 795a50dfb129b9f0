import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads a command's options. `--help` prints the usage and ends the process with 0; anything that is not understood says so and
 * ends it with 2, before anything is started.
 * @param positionals the most arguments besides options.
 */
export function readOptions<Given extends Options>(usage: string, options: Given, positionals = 0) {
  try {
    const parsed = parseArgs({
      options: { ...options, help: { type: 'boolean', default: false } } as Given & {
        help: { type: 'boolean' };
      },
      allowPositionals: positionals > 0,
    });
    if ((parsed.values as { help?: boolean }).help) {
      console.log(usage);
      process.exit(0);
    }
    if (parsed.positionals.length > positionals) {
      throw new Error(`Unexpected argument '${parsed.positionals[positionals]}'.`);
    }
    return parsed;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

/** The port that an option names; whatever is none ends the process with 2. */
export function readPort(usage: string, text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    console.error(`--port '${text}' is not a port; use 0 to 65535, 0 for a free one.\n\n${usage}`);
    process.exit(2);
  }
  return Number(text);
}
