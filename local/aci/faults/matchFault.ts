import type { Principal } from '../../identity/principal.ts';
import type { FaultMatch } from './fault.ts';

/** A request as faults look at it. */
export type FaultyRequest = {
  method: string;
  /** Without its query. */
  path: string;
  /** Undefined for requests to the identity endpoint. */
  principal: Principal | undefined;
};

export function matchesFault({ method, path, principal }: FaultMatch, request: FaultyRequest): boolean {
  return (
    (method === undefined || method.toUpperCase() === request.method) &&
    (path === undefined || matchesPath(path, request.path)) &&
    (principal === undefined ||
      principal === request.principal?.clientId ||
      principal === request.principal?.objectId)
  );
}

function matchesPath(pattern: string, path: string): boolean {
  const source = pattern
    .split(/(\*{1,2})/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : RegExp.escape(part)))
    .join('');
  return new RegExp(`^${source}$`, 'is').test(path);
}
