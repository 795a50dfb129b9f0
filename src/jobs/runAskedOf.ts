import type { ContainerGroupId } from '../aci/containerGroupId.ts';
import type { RunAsked } from '../runs/request/runAsked.ts';
import type { StartedBy } from '../runs/run.ts';
import type { Job } from './job.ts';
import type { RunRequest } from './runRequest.schema.ts';

const defaults = {
  mode: 'recreate',
  tasks: 1,
  timeoutSeconds: 86_400,
  startWithinSeconds: 21_600,
  ttlSeconds: 3_600,
  ifRunning: 'reject',
} as const;

export type AskedRun = {
  containerGroup: ContainerGroupId;
  job?: Job | undefined;
  request: Omit<RunRequest, 'dryRun'>;
  startedBy: StartedBy;
  idempotency?: RunAsked['idempotency'] | undefined;
};

/** A run to be: what the request says, then what the job does, then the product's own defaults. Pure. */
export function runAskedOf({ containerGroup, job, request, startedBy, idempotency }: AskedRun): RunAsked {
  const { env, secureEnv, containers, tags, callbackUrl, ...asked } = request;
  const life = { ...defaults, ...job?.life, ...asked };
  const { mode, ifRunning, timeoutSeconds, startWithinSeconds, maxRetries, ttlSeconds } = life;
  const tasks = mode === 'clone' ? life.tasks : 1;
  return {
    containerGroup,
    ...(job && { job: job.name }),
    ...(job?.container !== undefined && { container: job.container, decidingContainer: job.container }),
    overrides: { ...(env && { env }), ...(secureEnv && { secureEnv }), ...(containers && { containers }) },
    ...(tags && { tags }),
    mode,
    ifRunning,
    tasks,
    parallelism: Math.min(life.parallelism ?? tasks, tasks),
    timeoutSeconds,
    startWithinSeconds,
    ...(maxRetries !== undefined && { maxRetries }),
    ttlSeconds,
    ...(callbackUrl !== undefined && { callbackUrl }),
    startedBy,
    ...(idempotency && { idempotency }),
  };
}
