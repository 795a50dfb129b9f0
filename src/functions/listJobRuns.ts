import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { originOf } from './http/links.ts';
import { requireReadable } from './http/requireReadable.ts';
import { runListAnswer } from './http/runList.ts';
import { runPageOf } from './http/runPage.ts';
import { jobOf } from './showJob.ts';
import * as jobTriggers from './triggers/jobTriggers.ts';

/** `GET jobs/{job}/runs?top&skipToken`: the runs that the job started, newest first, and not those of others of its group. */
export function listJobRuns(collaborators: Collaborators): HttpFunction {
  const { config } = collaborators;
  return {
    ...jobTriggers.listJobRuns,
    async handler(request) {
      const { name, containerGroup } = jobOf(request, config);
      const page = runPageOf(request);
      await requireReadable(request, containerGroup, collaborators);
      const url = `${originOf(request, config.publicOrigin)}/api/jobs/${name}/runs`;
      return runListAnswer(request, containerGroup, url, page, collaborators, ({ job }) => job === name);
    },
  };
}
