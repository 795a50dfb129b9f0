/**
 * Makes what ships: `dist/main.cjs`, which the host loads at the start, files that are loaded at the first call of what they hold,
 * and `dist/console`, which the console serves (docs/decisions/0003).
 */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildConsole } from './buildConsole.ts';
import { azurePackagesOnce } from './bundle/azurePackages.ts';
import { bundle } from './bundle/bundle.ts';
import { modulesOf } from './bundle/modulesOf.ts';
import { onDemand } from './bundle/onDemand.ts';
import { schemas } from './bundle/schemas.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** What is loaded when it is first called, by the file that it is in. */
const files = {
  // What every call needs.
  handlers: { 'src/handlers.ts': ['createHandlers'] },
  // What every launch needs.
  arm: {
    'src/aci/armPipeline.ts': ['createArmPipeline'],
    'src/runs/store/managedIdentity.ts': ['createManagedIdentity'],
  },
  storage: {
    'src/runs/queue/queueTransport.ts': ['openQueue'],
    'src/runs/store/tableTransport.ts': ['openTable'],
  },
  // What a start needs with a jobs file, and with contracts in it.
  'jobs-file': { 'src/jobs/readJobsFile.ts': ['readJobsFile'] },
  contracts: { 'src/jobs/contractCompiler.ts': ['compileContract'] },
  // What few calls need.
  callbacks: { 'src/runs/callbacks/deliverCallback.ts': ['deliverCallback'] },
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

/** Schemas that few calls need, and that ajv compiles then: as code they would be several times as long. */
const lateSchemas = ['src/aci/create/createRequest.schema.ts', 'src/openapi/answers.schema.ts'];

/** What the code of compiled schemas needs; ajv itself does, too. */
const isForCompiled = /node_modules.ajv.dist.runtime.ucs2length/;

const entryPoint = join(root, 'src/main.ts');
const start = modulesOf(entryPoint);
const isLate = (id: string) => lateSchemas.some((schema) => id === join(root, schema));
const chunks = await bundle(
  { main: entryPoint },
  [onDemand(root, files), azurePackagesOnce(), schemas(root, lateSchemas), start.plugin],
  // What several files need is in one that each of them loads; few of these, since each takes a while to find and to open.
  [
    // What a start needs stands whole before main.cjs runs, which may call other files that need it, too.
    { name: 'shared', test: (id) => (id !== entryPoint && start.has(id)) || isForCompiled.test(id) },
    {
      name: 'azure-core',
      test: /node_modules.(?:@azure.(?:abort|core|logger)|@typespec|.*-proxy-agent|tslib)/,
    },
    { name: 'azure-identity', test: /node_modules.@azure.(?:identity|msal-)/ },
    { name: 'ajv', test: /node_modules.ajv.(?!dist.runtime)|createCheck/ },
    { name: 'common', test: (id) => !isLate(id) },
  ],
);
await mkdir(dist, { recursive: true });
for (const { fileName, code } of chunks) {
  // A host that runs from here must never find half a file, or none.
  const aside = join(dist, `${fileName}.${process.pid}`);
  await writeFile(aside, code);
  await rename(aside, join(dist, fileName));
}
for (const file of await readdir(dist)) {
  if (file.endsWith('.cjs') && !chunks.some(({ fileName }) => fileName === file)) {
    await rm(join(dist, file)); // of an earlier build
  }
}
await buildConsole(root);
