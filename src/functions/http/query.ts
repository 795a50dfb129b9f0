import type { HttpRequest } from '@azure/functions';
import { type Fault, InvalidRequest } from '../../aci/errors.ts';

/** Whether `?force=true` was sent. @throws InvalidRequest when force is neither true nor false. */
export function isForced({ query }: HttpRequest): boolean {
  const force = query.get('force');
  if (force !== null && force !== 'true' && force !== 'false') {
    throw new InvalidRequest([parameterFault('force', `force '${force}' must be true or false.`)]);
  }
  return force === 'true';
}

/** A fault of a query parameter. */
export function parameterFault(target: string, message: string): Fault {
  return { code: 'InvalidParameter', target, message };
}
