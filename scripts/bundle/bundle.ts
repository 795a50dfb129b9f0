import {
  type InputOptions,
  type OutputChunk,
  type OutputOptions,
  type RolldownPluginOption,
  rolldown,
} from 'rolldown';
import { azureModules } from './azurePackages.ts';

/** Entry points, by the names of their files without `.cjs`. */
type Input = Record<string, string>;

type Group = { name: string; test: (id: string) => boolean };

/** What the code of rolldown's files has in common, a few stateless functions. */
const runtime = 'rolldown-runtime.cjs';

/**
 * Bundles files of a function app: CommonJS, since what is required is there at once, and the Functions host must find all functions
 * registered when that returns.
 * @param whole the names of files that hold all that their entry points need, the first one's first; what else needs some of it takes
 *   it from there, so it must not be called before the file has run. To find and open a file takes longer than to read a few more KB.
 * @returns the files, of one folder: those of the entry points, and what they share besides.
 */
export async function bundle(
  input: Input,
  plugins: RolldownPluginOption = [],
  whole: readonly string[] = [],
): Promise<OutputChunk[]> {
  const groups = await Promise.all(
    whole.map(async (name): Promise<Group> => {
      const module = input[name];
      if (module === undefined) {
        throw new RangeError(`There is no file '${name}' to be whole.`);
      }
      const needed = await generate({ [name]: module }, plugins, []);
      const modules = new Set(needed.flatMap(({ moduleIds }) => moduleIds));
      return { name, test: (id) => modules.has(id) };
    }),
  );
  const chunks = await generate(input, plugins, groups);
  const shared = chunks.find(({ fileName }) => fileName === runtime)?.code;
  return chunks
    .filter(({ fileName }) => fileName !== runtime)
    .map((chunk) => ({
      ...chunk,
      code: inAscii(
        chunk.code.replace(
          `require("./${runtime}")`,
          () => `(()=>{const exports={};${shared}return exports})()`,
        ),
      ),
    }));
}

/** The same code without characters for which the engine would keep all of the file, and read it, at two bytes a character. */
function inAscii(code: string): string {
  // A backslash before such a character, which regular expressions may have, would be one before the escape.
  return code.replace(/\\[^\u0080-\uffff]|\\?([\u0080-\uffff])/g, (text, unit?: string) =>
    unit === undefined ? text : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

async function generate(
  input: Input,
  plugins: RolldownPluginOption,
  groups: Group[],
): Promise<OutputChunk[]> {
  await using build = await rolldown({ ...inputOptions, input, plugins });
  const { output } = await build.generate({
    ...outputOptions,
    codeSplitting: {
      groups: groups.map((group, index) => ({ ...group, priority: groups.length - index })),
    },
  });
  return output.filter((file) => file.type === 'chunk');
}

const inputOptions: InputOptions = {
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] }, // what is imported by name can be left out
  external: ['@azure/functions-core'], // the worker answers for it
  preserveEntrySignatures: 'allow-extension',
  checks: { bundlerTimings: false }, // a busy machine is no fault of the build
  treeshake: { moduleSideEffects: [{ test: azureModules, sideEffects: false }] },
  transform: { target: 'node24', define: { 'import.meta.dirname': '__dirname' } },
};

const outputOptions: OutputOptions = {
  format: 'cjs',
  strict: true, // as the modules are
  minify: true,
  // A host may have loaded one of the files before all were built anew: by a letter each it would get something else from the others.
  minifyInternalExports: false,
  comments: { legal: false },
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
};
