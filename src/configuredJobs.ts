import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { containerGroupIdFaults, resourceIdOf } from './aci/containerGroupId.ts';
import type { Fault } from './aci/errors.ts';
import { isInScopes } from './aci/scopes.ts';
import type { Job } from './jobs/job.ts';
import type { JobsFileContext } from './jobs/readJob.ts';
import { readJobsFile } from './jobs/readJobsFile.ts';

/**
 * The jobs of the jobs file, and the one that the three ACI_ settings make, by name.
 * @param setting what a setting of the app holds; undefined when it is not set.
 * @param context what the jobs file is read with, and the folder of host.json, where jobs.json is looked for.
 * @param faults gets every fault of both.
 */
export function configuredJobs(
  setting: (name: string) => string | undefined,
  context: JobsFileContext & { appRoot: string },
  faults: Fault[],
): Map<string, Job> {
  const jobs = new Map<string, Job>();
  const named = setting('JOBS_FILE');
  const path = resolve(context.appRoot, named ?? 'jobs.json');
  if (named !== undefined || existsSync(path)) {
    const text = readText(path, faults);
    const file = text === undefined ? { jobs: [], faults: [] } : readJobsFile(text, context);
    faults.push(
      ...file.faults.map((each) => ({ ...each, target: `${named ?? 'jobs.json'}#${each.target}` })),
    );
    for (const job of file.jobs) {
      jobs.set(job.name, job);
    }
  }
  const defaultJob = readDefaultJob(setting, context.scopes, faults);
  if (defaultJob && jobs.has(defaultJob.name)) {
    faults.push({
      code: 'InvalidSetting',
      target: 'ACI_CONTAINER_GROUP',
      message:
        "The jobs file has a job named 'default' already: take it out there, or the three ACI_ settings here.",
    });
  } else if (defaultJob) {
    jobs.set(defaultJob.name, defaultJob);
  }
  return jobs;
}

function readText(path: string, faults: Fault[]): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const message = `'${path}' cannot be read: ${(error as Error).message}.`;
    faults.push({ code: 'InvalidSetting', target: 'JOBS_FILE', message });
    return undefined;
  }
}

/** The job that the three ACI_ settings make, when they are there. */
function readDefaultJob(
  setting: (name: string) => string | undefined,
  scopes: readonly string[] | undefined,
  faults: Fault[],
): Job | undefined {
  const names = {
    subscriptionId: 'ACI_SUBSCRIPTION_ID',
    resourceGroup: 'ACI_RESOURCE_GROUP',
    name: 'ACI_CONTAINER_GROUP',
  };
  const given = Object.values(names).filter((name) => setting(name) !== undefined);
  if (given.length === 0) {
    return undefined;
  }
  const missing = Object.values(names).filter((name) => setting(name) === undefined);
  if (missing.length > 0) {
    faults.push(
      ...missing.map((target) => ({
        code: 'InvalidSetting',
        target,
        message: `It is not set, though ${given.join(' and ')} ${given.length === 1 ? 'is' : 'are'}; the three go together.`,
      })),
    );
    return undefined;
  }
  const containerGroup = {
    subscriptionId: setting(names.subscriptionId) ?? '',
    resourceGroup: setting(names.resourceGroup) ?? '',
    name: setting(names.name) ?? '',
  };
  faults.push(...containerGroupIdFaults(containerGroup, names));
  if (!isInScopes(resourceIdOf(containerGroup), scopes)) {
    faults.push({
      code: 'InvalidSetting',
      target: names.name,
      message: 'The container group is outside ALLOWED_SCOPES.',
    });
  }
  return {
    name: 'default',
    containerGroup,
    allow: new Set(['env']),
    roles: [],
    secrets: [],
    life: {},
    callbackSecrets: [],
    when: [],
  };
}
