import { NotFound } from '../aci/errors.ts';
import { decidingContainer } from '../jobs/decidingContainer.ts';
import { observeRun } from '../runs/observeRun.ts';
import { isOver } from '../runs/run.ts';
import { createdAtOf } from '../runs/runId.ts';
import type { Collaborators } from './collaborators.ts';
import { containerGroupOf, containerGroupRoute } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { originOf, runLinks } from './http/links.ts';

/** How soon it is worth asking again for a run that is not over, in seconds. */
const nextLookSeconds = 5;

/** `GET {group}/runs/{runId}`: 200 whatever the run's status. Until runs are stored, the group's own mark is all that tells. */
export function showRun({ config, containerGroupsFor }: Collaborators): HttpFunction {
  return {
    name: 'show-run',
    methods: ['GET'],
    route: `${containerGroupRoute}/runs/{runId}`,
    authLevel: 'function',
    async handler(request) {
      const id = containerGroupOf(request);
      const containerGroups = containerGroupsFor(request);
      const runId = (request.params['runId'] ?? '').toLowerCase();
      if (createdAtOf(runId) === undefined) {
        throw new NotFound('RunNotFound', `'${runId}' is not the id of a run.`);
      }
      const run = observeRun(id, await containerGroups.get(id), decidingContainer(config.jobs.values(), id));
      if (run?.id !== runId) {
        throw new NotFound(
          'RunNotFound',
          `The container group does not carry run '${runId}'${run ? `; it carries '${run.id}'` : ''}. Runs are not stored yet: only ` +
            "a group's last run can be seen.",
        );
      }
      return {
        headers: isOver(run) ? {} : { 'retry-after': String(nextLookSeconds) },
        jsonBody: { ...run, links: runLinks(originOf(request, config.publicOrigin), id, runId) },
      };
    },
  };
}
