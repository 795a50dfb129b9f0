import { type OutputChunk, type RolldownPluginOption, rolldown } from 'rolldown';
import { azureModules } from './azurePackages.ts';

/**
 * Bundles a function app from its entry point: CommonJS, since what is required is there at once and the Functions host must find all
 * functions registered when that returns.
 * @param input the entry point, by the name of its file.
 * @param shared which modules that several files need go into a file of this name; the first that fits.
 * @returns the files, by name, all of one folder.
 */
export async function bundle(
  input: Record<string, string>,
  plugins: RolldownPluginOption = [],
  shared: readonly { name: string; test: RegExp | ((id: string) => boolean) }[] = [],
): Promise<OutputChunk[]> {
  await using build = await rolldown({
    input,
    plugins,
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] }, // what is imported by name can be left out
    external: ['@azure/functions-core'], // the worker answers for it
    treeshake: { moduleSideEffects: [{ test: azureModules, sideEffects: false }] },
    transform: { target: 'node24', define: { 'import.meta.dirname': '__dirname' } },
  });
  const { output } = await build.generate({
    format: 'cjs',
    minify: true,
    comments: { legal: false },
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    codeSplitting: {
      groups: shared.map((group, index) => ({ ...group, minShareCount: 2, priority: shared.length - index })),
    },
  });
  return output.filter((file) => file.type === 'chunk');
}
