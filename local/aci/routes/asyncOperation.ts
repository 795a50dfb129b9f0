import type { Operation } from '../operations.ts';
import { regionOf } from '../region.ts';
import type { StoredGroup } from '../store.ts';
import type { ArmRequest } from './route.ts';

/** The header that says where to ask how far an operation on a group has come. */
export function asyncOperationHeader(
  { origin }: ArmRequest,
  { subscriptionId, location }: StoredGroup,
  { operationId }: Operation,
): Record<string, string> {
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerInstance/locations/${regionOf(location)}/operations/${operationId}`;
  // Recorded: 2018-06-01, whatever version the request had.
  return { 'Azure-AsyncOperation': `${origin}${encodeURI(path)}?api-version=2018-06-01` };
}
