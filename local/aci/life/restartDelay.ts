import type { Timings } from '../timings.ts';

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

/** How a group's policy is meant: absent is Always, and the service compares without case. */
export function readRestartPolicy(policy: string | undefined): RestartPolicy {
  switch (policy?.toLowerCase()) {
    case 'never':
      return 'Never';
    case 'onfailure':
      return 'OnFailure';
    default:
      return 'Always';
  }
}

/** An init container that has succeeded is done whatever the policy; only Never gives up on one that failed. */
export function initRestartPolicy(policy: RestartPolicy): RestartPolicy {
  return policy === 'Always' ? 'OnFailure' : policy;
}

/** How long to wait before a container starts again; undefined when it has ended for good. */
export function restartDelay(
  policy: RestartPolicy,
  exitCode: number,
  restartCount: number,
  { backOffMs, backOffLimitMs }: Pick<Timings, 'backOffMs' | 'backOffLimitMs'>,
): number | undefined {
  const restarts = policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
  return restarts ? Math.min(backOffMs * 2 ** restartCount, backOffLimitMs) : undefined;
}
