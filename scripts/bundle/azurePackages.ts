import type { Plugin } from 'rolldown';

/**
 * No module of theirs is there for its effects. Most say so in their package.json, which another one inside `dist/esm` hides; those of
 * `@azure/msal-node`, which does not, were looked through.
 */
export const azureModules =
  /[\\/]node_modules[\\/](?:@azure|@azure-rest|@typespec)[\\/][^\\/]+[\\/](?:dist[\\/]esm|dist-esm|dist[\\/].*\.mjs$)/;

/** Takes the Azure packages from their ES modules, whoever asks: one that is both imported and required would ship twice. */
export function azurePackagesOnce(): Plugin {
  return {
    name: 'azure-packages-once',
    resolveId(source, importer, { kind, ...options }) {
      return kind === 'require-call' && /^@(?:azure|azure-rest|typespec)\//.test(source)
        ? this.resolve(source, importer, { ...options, kind: 'import-statement', skipSelf: true })
        : undefined;
    },
  };
}
