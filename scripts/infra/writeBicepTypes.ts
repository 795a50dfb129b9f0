/**
 * Writes `types/bicepTypes.json`: of each resource type that infra/ uses, the object types that the check looks at, names and types
 * of properties alone. They come from Bicep's own types inside @azure/mcp, which is too large (137 MB) to be a dependency, and is
 * fetched by npx; it knows one API version of each.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkProject } from './check/checkProject.ts';
import { readProject } from './check/project.ts';
import { type GivenType, resourceTypeOf } from './types/fromBicepSchema.ts';
import { type ResourceType, readResourceTypes } from './types/resourceTypes.ts';

const tool = '@azure/mcp@2.0.5';
const infra = readProject(join(import.meta.dirname, '../../infra'));
const path = join(import.meta.dirname, 'types/bicepTypes.json');

const kept = readResourceTypes();
const byHand = Object.keys(kept).filter(
  (type) => type.startsWith('Microsoft.Insights/') && !type.includes('/components@'),
);
const used = new Set([...infra.files.values()].flatMap(({ resources }) => resources.map(({ type }) => type)));
const resources: Record<string, ResourceType> = {};
for (const type of [...used].filter((type) => !byHand.includes(type)).sort()) {
  const given = await ask(type.split('@')[0] ?? '');
  const [name, resource] = resourceTypeOf(given);
  if (name !== type) {
    throw new Error(`infra uses ${type}; ${tool} knows ${name}.`);
  }
  resources[type] = resource;
}

const seen = new Set<string>();
const key = (resource: ResourceType, type: string) =>
  `${Object.keys(resources).find((name) => resources[name] === resource)} ${type}`;
const { faults } = checkProject(infra, { ...kept, ...resources }, (resource, type) =>
  seen.add(key(resource, type)),
);
for (const { path: file, line, message } of faults) {
  console.error(`${file}:${line}: ${message}`);
}
for (const resource of Object.values(resources)) {
  const looked = Object.entries(resource.types).filter(([name]) => seen.has(key(resource, name)));
  resource.types = Object.fromEntries(looked.sort(([one], [other]) => one.localeCompare(other)));
}
const source = `Bicep's types as ${tool} answers them (bicepschema get), without descriptions, and only those that the check looks at`;
await writeFile(
  path,
  `${JSON.stringify({ source, licence: 'MIT, Microsoft Corporation', resources }, null, 1)}\n`,
);

async function ask(type: string): Promise<GivenType[]> {
  const given = ['--yes', '--package', tool, 'azmcp', 'bicepschema', 'get', '--resource-type', type];
  const { stdout } = await promisify(execFile)('npx', given, {
    env: { ...process.env, AZURE_MCP_COLLECT_TELEMETRY: 'false' },
    maxBuffer: 16 * 1024 * 1024,
    timeout: 300_000,
  });
  return (JSON.parse(stdout) as { results: { BicepSchemaResult: GivenType[] } }).results.BicepSchemaResult;
}
