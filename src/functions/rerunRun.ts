import { type Fault, InvalidRequest } from '../aci/errors.ts';
import { foldCase } from '../aci/foldCase.ts';
import { overrideFaults } from '../aci/plan/overrides.ts';
import type { AllowableMember } from '../jobs/allowable.ts';
import { imageFaults } from '../jobs/imagePolicy.ts';
import type { Job } from '../jobs/job.ts';
import { callbackFaults, contractFaults, disallowedFaults } from '../jobs/request.ts';
import { rerunOf } from '../runs/request/rerunOf.ts';
import type { RunAsked } from '../runs/request/runAsked.ts';
import type { RunRecord } from '../runs/runRecord.ts';
import { JobGone } from '../runs/step/planTask.ts';
import { isSameGroup } from '../runs/store/keys.ts';
import { mayWrite, operatorRoles } from './access/access.ts';
import { startedBy } from './access/principal.ts';
import { hasAccess, requireAccess } from './access/requireAccess.ts';
import type { Collaborators } from './collaborators.ts';
import { callbackRules } from './http/callbackRules.ts';
import { readCheckedBody } from './http/checkedBody.ts';
import { containerGroupPath } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { idempotencyOf } from './http/idempotency.ts';
import { launchAnswer } from './http/launchAnswer.ts';
import { requireManagedIdentity } from './http/requireManagedIdentity.ts';
import { requireReadable } from './http/requireReadable.ts';
import { runNotFound, runOf } from './http/runParams.ts';
import { check, type RerunRequest } from './rerunRequest.schema.ts';
import * as runTriggers from './triggers/runTriggers.ts';

/**
 * `POST {group}/runs/{runId}/rerun`: the same again, as a run of its own. A job's run is held to the contract and the secrets that
 * the job has by now, and not to its `allow`: whoever holds this function's key is an operator. Who may only launch the job is held to
 * that, too. A run without a job is held to GROUP_RUN_ALLOW.
 */
export function rerunRun(collaborators: Collaborators): HttpFunction {
  const { config, requests } = collaborators;
  const callbacks = callbackRules(config);
  return {
    ...runTriggers.rerunRun(config.jobs.values()),
    async handler(request) {
      const { group, runId } = runOf(request);
      const body = await readCheckedBody<RerunRequest>(request, check, ({ callbackUrl, ...sent }) => [
        ...overrideFaults(sent),
        ...callbackFaults(callbackUrl ?? undefined, callbacks),
      ]);
      requireManagedIdentity(config);
      await requireReadable(request, group, collaborators);
      const [run, stored] = await Promise.all([
        requests.store.run(group, runId),
        requests.store.request(group, runId),
      ]);
      if (run === undefined || stored === undefined) {
        throw runNotFound(runId);
      }
      requireAccess(request, operatorRoles(run.value, config.jobs), config);
      const job = presentJob(run.value, config.jobs);
      const via = `POST ${containerGroupPath(group)}/runs/${runId}/rerun`;
      const asked = rerunOf(run.value, stored, body, startedBy(via, request, config));
      const faults = job
        ? [
            ...(hasAccess(request, mayWrite, config) ? [] : launcherFaults(job, body, asked)),
            ...contractFaults(job, asked.overrides),
            ...imageFaults(job, asked.overrides),
          ]
        : disallowedFaults(asked.overrides, config.groupRunAllow, 'without a job, GROUP_RUN_ALLOW allows');
      if (faults.length > 0) {
        throw new InvalidRequest(faults);
      }
      const scope = job ? `job ${job.name}` : 'group';
      const keyed = { scope, endpoint: foldCase(via), content: body as never };
      const idempotency = idempotencyOf(request, keyed, config.launcherSecrets);
      return launchAnswer(request, { ...asked, ...(idempotency && { idempotency }) }, collaborators);
    },
  };
}

/**
 * What a launcher may not ask for again: what is sent with the rerun, and what reaches containers by name, for the job may have allowed
 * more when the run was launched. Its variables may be from the job's map, and are held to the contract alone.
 */
function launcherFaults(
  { name, allow, onImagePush }: Job,
  { secureEnv, callbackUrl }: RerunRequest,
  { overrides: { containers } }: RunAsked,
): Fault[] {
  const sent = {
    ...(secureEnv && { secureEnv }),
    ...(typeof callbackUrl === 'string' && { callbackUrl }),
    ...(containers && { containers }),
  };
  const pushed: AllowableMember[] = onImagePush ? ['containers', 'image'] : [];
  return disallowedFaults(sent, new Set([...allow, ...pushed]), `job '${name}' allows`);
}

/** The job that the run is of, as it is now; undefined for a run without one. @throws JobGone, also when it is of another group now. */
function presentJob(
  { job: name, containerGroup }: RunRecord,
  jobs: ReadonlyMap<string, Job>,
): Job | undefined {
  if (name === undefined) {
    return undefined;
  }
  const job = jobs.get(name);
  if (job === undefined || !isSameGroup(job.containerGroup, containerGroup)) {
    throw new JobGone(name);
  }
  return job;
}
