import { resourceIdOf } from '../aci/containerGroupId.ts';
import type { Job } from '../jobs/job.ts';
import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { originOf } from './http/links.ts';
import * as jobTriggers from './triggers/jobTriggers.ts';

/** `GET jobs`: every job, by name. */
export function listJobs({ config }: Collaborators): HttpFunction {
  return {
    ...jobTriggers.listJobs,
    async handler(request) {
      const origin = originOf(request, config.publicOrigin);
      const byName = [...config.jobs.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
      return { jsonBody: { value: byName.map((job) => jobSummary(job, origin)) } };
    },
  };
}

/** What a job is, in short, and where its routes are. */
export function jobSummary(
  { name, containerGroup, container, schedule, hook }: Job,
  origin: string,
): Record<string, unknown> {
  const self = `${origin}/api/jobs/${name}`;
  return {
    name,
    containerGroup: resourceIdOf(containerGroup),
    ...(container !== undefined && { container }),
    ...(schedule !== undefined && { schedule }),
    links: {
      self,
      runs: `${self}/runs`,
      trigger: `${self}/trigger`,
      ...(hook && { hook: `${origin}/api/hooks/${name}` }),
    },
  };
}
