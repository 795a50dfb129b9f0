/** Writes `jobs.schema.json`, which editors check a jobs file with, from the schema that the app checks with. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { schema } from '../src/jobs/jobsFile.schema.ts';

const published = { $schema: 'http://json-schema.org/draft-07/schema#', title: 'jobs.json', ...schema };
await writeFile(join(import.meta.dirname, '../jobs.schema.json'), `${JSON.stringify(published, null, 2)}\n`);
