import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, the longest first: what waits beside what works, so that no worker is left alone with one at the end. */
const longest = [
  'endToEnd/killed',
  'endToEnd/demo',
  'endToEnd/launch',
  'runs/simulation/simulation',
  'endToEnd/manyCallers',
  'endToEnd/blackBox',
  'endToEnd/openApi',
  'console/looking',
  'endToEnd/fuzz',
  'endToEnd/runs',
  'endToEnd/hooksFuzz',
  'endToEnd/logicApps',
  'console/running',
  'endToEnd/ownJobs',
  'aci/plan/takeBack.laws',
  'endToEnd/canary',
  'openapi/schemas.laws',
  'local/functions-host/queues/hostsThatEnd',
  'local/functions-host/queues/queueTriggers',
  'console/access',
  'openapi/jobs.laws',
  'docs/callers',
].map((name) => join(import.meta.dirname, `${name}.test.ts`));

/** Starts the longest test files first, in every run; the runner would know them by their size alone, or by a run before. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = longest.filter((path) => !existsSync(path));
    if (gone.length > 0) {
      throw new Error(`In the list of the longest tests, and not there: ${gone.join(', ')}`);
    }
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longest.indexOf(moduleId);
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
