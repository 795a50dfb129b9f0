import { InvalidRequest, LauncherError, RunInProgress } from '../../aci/errors.ts';
import { RunNotStored, RunTooLarge } from '../../runs/errors.ts';
import { StorageError } from '../../runs/store/rows.ts';
import { RequestRefused } from '../http/requestRefused.ts';

/** What is said to a sender as it is: its own fault, that the group is busy, or that it should come back. */
const saidAsTheyAre = [
  InvalidRequest,
  RequestRefused,
  RunTooLarge,
  RunInProgress,
  RunNotStored,
  StorageError,
];

/**
 * An error as the sender of a delivery is to be told of it. What is wrong with Azure, the group or the app's settings is neither its
 * fault nor its business: 503, so that it comes again (docs/decisions/0011).
 */
export function deliveryRefusal(error: unknown): unknown {
  return !(error instanceof LauncherError) || saidAsTheyAre.some((kind) => error instanceof kind)
    ? error
    : new RequestRefused({
        status: 503,
        code: error.code,
        message: 'The run cannot be started now; the log of the app says why. Send it again later.',
      });
}
