/**
 * `npm run infra:check`: parses infra/ and holds it to Bicep's types, as far as that goes without Bicep's compiler and without Azure.
 * It prints every fault, and what it has left unchecked.
 */
import { join } from 'node:path';
import { checkProject } from './check/checkProject.ts';
import { readProject, shownPath } from './check/project.ts';
import { readResourceTypes } from './types/resourceTypes.ts';

const project = readProject(join(import.meta.dirname, '../../infra'));
const { faults, unchecked } = checkProject(project, readResourceTypes());
const line = (each: { path: string; line: number; column: number; message: string }) =>
  `  ${shownPath(project, each.path)}:${each.line}:${each.column}: ${each.message}`;

if (faults.length > 0) {
  console.error(`infra has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:`);
  console.error(faults.map(line).join('\n'));
  process.exitCode = 1;
} else {
  console.log(
    `infra: ${project.files.size} Bicep files, parsed and shape-checked, never compiled or deployed here.`,
  );
}
console.log(`Left unchecked:
${unchecked.map(line).join('\n')}
  formats, lengths and ranges of values, and what decorators say of them; what is compared or put into text
  words of Microsoft.Insights beyond types/monitorTypes.json; cycles of resources; warnings of Bicep and rules of its linter
  whether Azure has what is asked for, takes it, and lets whoever deploys do so`);
