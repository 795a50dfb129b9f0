import { NotFound } from '../aci/errors.ts';
import type { HttpFunction } from './http/endpoint.ts';
import * as jobTriggers from './triggers/jobTriggers.ts';

/** `hooks/…` of a job that takes no deliveries, or that there is not: 404, which tells nobody which jobs there are. */
export function unknownHook(): HttpFunction {
  return {
    ...jobTriggers.unknownHook,
    async handler() {
      throw new NotFound('HookNotFound', 'There is no hook here.');
    },
  };
}
