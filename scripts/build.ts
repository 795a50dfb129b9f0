/**
 * Makes what ships: `dist/main.cjs`, which the host loads at the start, files that are loaded at the first call of what they hold,
 * and `dist/console`, which the console serves (docs/decisions/0003).
 */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildConsole } from './buildConsole.ts';
import { azurePackagesOnce } from './bundle/azurePackages.ts';
import { bundle } from './bundle/bundle.ts';
import { calls, entries, entryOf, type Files } from './bundle/onDemand.ts';
import { schemas } from './bundle/schemas.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** What is loaded when it is first called, by the file that it is in. */
const files: Files = {
  // What every call needs.
  handlers: { 'src/handlers.ts': ['createHandlers'] },
  // What every launch needs.
  azure: {
    'src/aci/armPipeline.ts': ['createArmPipeline'],
    'src/aci/managedIdentity.ts': ['createManagedIdentity'],
  },
  storage: {
    'src/runs/queue/queueTransport.ts': ['openQueue'],
    'src/runs/store/tableTransport.ts': ['openTable'],
  },
  // What few calls need.
  callbacks: {
    'src/runs/callbacks/deliverCallback.ts': ['deliverCallback'],
    'src/runs/callbacks/refusedAddresses.ts': ['isRefusedAddress'],
  },
  create: {
    'src/aci/create/containerGroupFrom.ts': ['containerGroupFrom'],
    'src/aci/create/createFaults.ts': ['createFaults'],
    'src/aci/create/documentFaults.ts': ['documentFaults'],
  },
  hooks: {
    'src/functions/hooks/outcomesOf.ts': ['outcomesOf'],
    'src/functions/hooks/readDelivery.ts': ['readDelivery'],
    'src/functions/hooks/submitEvents.ts': ['submitEvents'],
  },
  openapi: {
    'src/openapi/openApiDocument.ts': ['openApiDocument'],
    'src/openapi/swaggerDocument.ts': ['swaggerDocument'],
  },
  // What a managed identity is asked for where Kubernetes vouches for it: most of @azure/identity, and never used on Azure Functions itself.
  'workload-identity': {
    'node_modules/@azure/identity/dist/esm/credentials/workloadIdentityCredential.js': [
      'WorkloadIdentityCredential',
    ],
  },
};

/** The same, of what is called while main.cjs still runs: each of these files is a bundle of its own, that needs no other. */
const filesOfStart: Files = {
  'jobs-file': { 'src/jobs/readJobsFile.ts': ['readJobsFile'] },
  ajv: {
    'src/jobs/contractCompiler.ts': ['compileContract'],
    'src/validation/createCheck.ts': ['createCheck'],
  },
};

const schemasOnce = schemas(root);
const inputOf = (names: string[]) => Object.fromEntries(names.map((name) => [name, entryOf(name)]));
const bundles = await Promise.all([
  bundle(
    { main: join(root, 'src/main.ts'), ...inputOf(Object.keys(files)) },
    [entries(root, files), calls(root, { ...files, ...filesOfStart }), azurePackagesOnce(), schemasOnce],
    ['main', 'handlers', 'azure'],
  ),
  ...Object.keys(filesOfStart).map((name) =>
    bundle(inputOf([name]), [entries(root, filesOfStart), schemasOnce]),
  ),
]);
const chunks = bundles.flat();
for (const [file, modules] of Object.entries({ ...files, ...filesOfStart })) {
  const there = chunks.find(({ fileName }) => fileName === `${file}.cjs`)?.moduleIds ?? [];
  const missing = Object.keys(modules).filter((module) => !there.includes(join(root, module)));
  if (missing.length > 0) {
    throw new Error(
      `${file}.cjs is without ${missing.join(', ')}, which another file loads before it is called.`,
    );
  }
}
await mkdir(dist, { recursive: true });
for (const { fileName, code } of chunks) {
  // A host that runs from here must never find half a file, or none.
  const aside = join(dist, `${fileName}.${process.pid}`);
  await writeFile(aside, code);
  await rename(aside, join(dist, fileName));
}
for (const file of await readdir(dist)) {
  if (file.endsWith('.cjs') && !chunks.some(({ fileName }) => fileName === file)) {
    await rm(join(dist, file), { force: true }); // of an earlier build
  }
}
await buildConsole(root);
