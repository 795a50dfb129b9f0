import type { Fault } from '../aci/errors.ts';
import { toPointer } from '../aci/jsonPointer.ts';
import { placeInJson } from '../validation/jsonPlace.ts';
import type { Job } from './job.ts';
import { check, type JobsFile } from './jobsFile.schema.ts';
import { type JobsFileContext, readJob } from './readJob.ts';

/**
 * Reads a jobs file whole.
 * @returns the jobs, and every fault of the file with its JSON Pointer; jobs are worth something only without faults.
 */
export function readJobsFile(text: string, context: JobsFileContext): { jobs: Job[]; faults: Fault[] } {
  const json = text.replace(/^\uFEFF/, '');
  let file: unknown;
  try {
    file = JSON.parse(json);
  } catch {
    return {
      jobs: [],
      faults: [
        {
          code: 'InvalidJson',
          target: '',
          message: `It is not JSON: it breaks off at ${placeInJson(json)}.`,
        },
      ],
    };
  }
  const faults = check(file);
  if (faults.length > 0) {
    return { jobs: [], faults };
  }
  const jobs = Object.entries((file as JobsFile).jobs).map(([name, entry]) => {
    const read = readJob(name, entry, context);
    faults.push(
      ...read.faults.map((fault) => ({ ...fault, target: `${toPointer('jobs', name)}${fault.target}` })),
    );
    return read.job;
  });
  return { jobs, faults };
}
