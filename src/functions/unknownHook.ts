import { NotFound } from '../aci/errors.ts';
import type { HttpFunction } from './http/endpoint.ts';

/**
 * `hooks/…` of a job that takes no deliveries, or that there is not: 404, which tells nobody which jobs there are. The host takes the
 * first match by function name, so this name must come after `receive-hook-…`.
 */
export function unknownHook(): HttpFunction {
  return {
    name: 'unknown-hook',
    methods: ['POST', 'OPTIONS'],
    route: 'hooks/{job}',
    access: 'anonymous',
    async handler() {
      throw new NotFound('HookNotFound', 'There is no hook here.');
    },
  };
}
