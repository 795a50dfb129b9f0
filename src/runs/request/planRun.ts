import { planCopy } from '../../aci/clone/planCopy.ts';
import { planLaunch } from '../../aci/plan/planLaunch.ts';
import { LauncherSecretRequired } from '../errors.ts';
import { JobGone, withoutOverrides } from '../step/planTask.ts';
import { hasSecrets } from '../store/storedRequest.ts';
import type { RunAsked } from './runAsked.ts';
import type { Requests } from './submitRun.ts';

/**
 * What a run would do to the group, or to a copy of it. Nothing is stored or written.
 * @throws as `submitRun`, but for what has to do with other runs.
 */
export async function planRun(
  { containerGroups, store, sealer, secretsOf, newRunId }: Requests,
  { containerGroup, overrides, tags, container, mode, tasks, job, callbackUrl }: RunAsked,
) {
  if (sealer === undefined && (hasSecrets(overrides) || callbackUrl !== undefined)) {
    throw new LauncherSecretRequired(callbackUrl === undefined ? 'secureEnv' : 'callbackUrl');
  }
  const secrets = secretsOf(job);
  if (secrets === undefined) {
    throw new JobGone(job ?? '');
  }
  const live = await containerGroups.get(containerGroup);
  const head = await store.head(containerGroup); // not before: what the group's last launch replaced is in it for sure by now
  const base = withoutOverrides(live, head.value.launches ?? []);
  const mark = { runId: newRunId(), attempt: 1 };
  const request = { overrides, container, mark, ...(tags && { tags }) };
  return mode === 'clone'
    ? planCopy(base, { ...request, taskIndex: 0, taskCount: tasks }, secrets)
    : planLaunch(base, request, secrets);
}
