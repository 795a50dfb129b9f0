/**
 * Makes what ships: `dist/main.cjs`, which the host loads at the start, files that are loaded at the first call of what they hold,
 * and `dist/console`, which the console serves. CommonJS, since an ES module bundle of these packages fails with "Dynamic require
 * … not supported"; several files, since a cold start waits for all that is in the ones it loads (docs/decisions/0003).
 */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { ajvOptions } from '../src/validation/createCheck.ts';
import { buildConsole } from './buildConsole.ts';

const root = join(import.meta.dirname, '..');

/** Modules of which nothing may be loaded before it is called, with what they export, by the file that they are in. */
const onDemand = {
  // What every launch needs.
  'on-demand.cjs': {
    'src/aci/armPipeline.ts': ['createArmPipeline'],
    'src/runs/queue/queueTransport.ts': ['openQueue'],
    'src/runs/store/managedIdentity.ts': ['createManagedIdentity'],
    'src/runs/store/tableTransport.ts': ['openTable'],
  },
  // What a jobs file is read with: a start without one needs nothing of it.
  'jobs-file.cjs': { 'src/jobs/readJobsFile.ts': ['readJobsFile'] },
  // What needs ajv, or the schemas as they are.
  'schemas.cjs': {
    'src/aci/create/createFaults.ts': ['createFaults'],
    'src/jobs/contractCompiler.ts': ['compileContract'],
    'src/openapi/openApiDocument.ts': ['openApiDocument'],
    'src/openapi/swaggerDocument.ts': ['swaggerDocument'],
  },
};

const common = {
  write: false,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  lineLimit: 160, // an uncaught error prints its line
  legalComments: 'none',
  external: ['@azure/functions-core'],
  define: { 'import.meta.dirname': '__dirname' },
  logLevel: 'warning',
  absWorkingDir: root,
} as const satisfies BuildOptions;

const outputs = await Promise.all([
  build({
    ...common,
    entryPoints: ['src/main.ts'],
    outfile: 'dist/main.cjs',
    plugins: [precompiledSchemas(), loadedOnDemand()],
  }),
  ...Object.entries(onDemand).map(([file, modules]) =>
    build({
      ...common,
      stdin: { contents: entryOf(modules), resolveDir: root, loader: 'ts', sourcefile: file },
      outfile: `dist/${file}`,
      plugins: [file === 'jobs-file.cjs' ? precompiledSchemas() : plainSchemas(), eachSdkOnce()],
    }),
  ),
]);
await mkdir(join(root, 'dist'), { recursive: true });
for (const { path, contents } of outputs.flatMap(({ outputFiles }) => outputFiles)) {
  // A host that runs from here must never find half a file, or none.
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, contents);
  await rename(aside, path);
}
await buildConsole(root);

/** Puts plain JSON and generated code in the place of each `*.schema.ts`, so that neither ajv nor TypeBox ships in main.cjs. */
function precompiledSchemas(): Plugin {
  return {
    name: 'precompiled-schemas',
    setup({ onLoad }) {
      onLoad({ filter: /\.schema\.ts$/ }, async ({ path }) => {
        const { schema } = (await import(pathToFileURL(path).href)) as { schema: object };
        const ajv = new Ajv({ ...ajvOptions, code: { source: true } });
        const json = JSON.stringify(schema);
        return {
          loader: 'js',
          resolveDir: join(path, '..'),
          contents: [
            `import { checkWith } from ${JSON.stringify(join(root, 'src/validation/faults.ts'))};`,
            `export const schema = ${json};`,
            'let given;', // made at its first use: a start needs hardly any of them
            'export const check = (value) => (given ??= checkWith(validator()))(value);',
            'function validator() {',
            '  const module = { exports: undefined };',
            standaloneCode.default(ajv, ajv.compile(JSON.parse(json))),
            '  return module.exports;',
            '}',
          ].join('\n'),
        };
      });
    },
  };
}

/** Puts plain JSON in the place of each `*.schema.ts`, to be compiled at its first use: ajv is there anyway, and half the size of the code that it makes. */
function plainSchemas(): Plugin {
  return {
    name: 'plain-schemas',
    setup({ onLoad }) {
      onLoad({ filter: /\.schema\.ts$/ }, async ({ path }) => {
        const { schema } = (await import(pathToFileURL(path).href)) as { schema: object };
        return {
          loader: 'js',
          resolveDir: join(path, '..'),
          contents: [
            `import { createCheck } from ${JSON.stringify(join(root, 'src/validation/createCheck.ts'))};`,
            `export const schema = ${JSON.stringify(schema)};`,
            'export const check = /* @__PURE__ */ createCheck(schema);', // none, where only the schema is asked for
          ].join('\n'),
        };
      });
    },
  };
}

/** Puts functions that load their file when they are called in the place of the modules on demand. */
function loadedOnDemand(): Plugin {
  return {
    name: 'loaded-on-demand',
    setup({ onLoad, onResolve }) {
      for (const [file, modules] of Object.entries(onDemand)) {
        onResolve({ filter: new RegExp(`^\\./${file}$`) }, ({ path }) => ({ path, external: true }));
        for (const [path, names] of Object.entries(modules)) {
          const loaded = `require('./${file}').modules[${JSON.stringify(path)}]()`;
          onLoad({ filter: new RegExp(`${basename(path).replace('.', '\\.')}$`) }, () => ({
            loader: 'js',
            contents: names
              .map((name) => `export const ${name} = (...given) => ${loaded}.${name}(...given);`)
              .join('\n'),
          }));
        }
      }
    },
  };
}

/**
 * Takes the Azure packages from their ES modules, whoever asks: one that is both imported and required would ship twice. And
 * says of them what their package.json says, `sideEffects: false`, which the one inside `dist/esm` hides: else all of
 * storage-common ships for a few of its functions. Both together are a quarter of what ships.
 */
function eachSdkOnce(): Plugin {
  const packages = '(?:@azure|@azure-rest|@typespec)/[^/]+/';
  return {
    name: 'each-sdk-once',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^(?:@azure|@azure-rest|@typespec|\.)/ }, async ({ path, pluginData, ...from }) => {
        const isOurs = path.startsWith('.') && !new RegExp(`/node_modules/${packages}`).test(from.importer);
        if (pluginData === 'each-sdk-once' || isOurs) {
          return undefined;
        }
        const kind = from.kind === 'require-call' && path.startsWith('@') ? 'import-statement' : from.kind;
        const resolved = await resolve(path, { ...from, kind, pluginData: 'each-sdk-once' });
        const isEsm = new RegExp(`/node_modules/${packages}dist/esm/`).test(resolved.path);
        return isEsm ? { ...resolved, sideEffects: false } : resolved;
      });
    },
  };
}

/** Each module behind a function of its own, so that whoever needs one does not wait for the other. */
function entryOf(modules: Record<string, string[]>): string {
  const loaders = Object.keys(modules).map((path) => `${JSON.stringify(path)}: () => require('./${path}')`);
  return `export const modules = { ${loaders.join(', ')} };`;
}
