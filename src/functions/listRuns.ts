import type { Collaborators } from './collaborators.ts';
import { containerGroupOf } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { containerGroupUrl, originOf } from './http/links.ts';
import { requireReadable } from './http/requireReadable.ts';
import { runListAnswer } from './http/runList.ts';
import { runPageOf } from './http/runPage.ts';
import * as runTriggers from './triggers/runTriggers.ts';

/** `GET {group}/runs?top&skipToken`: the group's runs, newest first. */
export function listRuns(collaborators: Collaborators): HttpFunction {
  return {
    ...runTriggers.listRuns,
    async handler(request) {
      const group = containerGroupOf(request);
      const page = runPageOf(request);
      await requireReadable(request, group, collaborators);
      const url = `${containerGroupUrl(originOf(request, collaborators.config.publicOrigin), group)}/runs`;
      return runListAnswer(request, group, url, page, collaborators);
    },
  };
}
