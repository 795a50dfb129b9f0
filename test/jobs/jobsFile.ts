import { compileContract } from '../../src/jobs/contractCompiler.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { JobsFileContext } from '../../src/jobs/readJob.ts';
import { readJobsFile } from '../../src/jobs/readJobsFile.ts';

export const containerGroup =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/nightly';

/** Reads a jobs file of these jobs; every job is of the same container group unless it says otherwise. */
export function readJobs(
  jobs: Record<string, object>,
  settings: Record<string, string> = {},
  context: Partial<JobsFileContext> = {},
): ReturnType<typeof readJobsFile> {
  const entries = Object.entries(jobs).map(([name, entry]) => [name, { containerGroup, ...entry }]);
  return readText(JSON.stringify({ jobs: Object.fromEntries(entries) }), settings, context);
}

export function readText(
  text: string,
  settings: Record<string, string> = {},
  context: Partial<JobsFileContext> = {},
): ReturnType<typeof readJobsFile> {
  return readJobsFile(text, {
    setting: (name) => settings[name],
    scopes: undefined,
    compileContract,
    ...context,
  });
}

/** The job, named nightly, that an entry of the jobs file makes. */
export function jobOf(entry: object, settings: Record<string, string> = {}): Job {
  const {
    jobs: [job],
    faults,
  } = readJobs({ nightly: entry }, settings);
  if (job === undefined || faults.length > 0) {
    throw new Error(`The entry makes no job: ${JSON.stringify(faults)}`);
  }
  return job;
}
