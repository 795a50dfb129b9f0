import type { Faults } from '../faults/faults.ts';
import type { FaultyRequest } from '../faults/matchFault.ts';
import { type FaultStage, type Outcome, performFault } from '../faults/performFault.ts';
import { type FaultContext, faultError } from '../faults/recordedErrors.ts';
import type { Schedule } from '../life/schedule.ts';

export type Served = Pick<FaultStage, 'effect' | 'refuse' | 'previous'> & { context: FaultContext };

/** Serves a request, with the fault that befalls it, if one does. */
export type Befall = (request: FaultyRequest, served: Served) => Promise<Outcome>;

/**
 * @param schedule what faults wait on; cancelled, they wait for ever.
 * @param log told of an effect that came late and failed, which no caller is left to hear of.
 */
export function createBefall(faults: Faults, schedule: Schedule, log: (line: string) => void): Befall {
  return async (request, { effect, refuse, previous, context }) => {
    const fault = faults.take(request);
    if (!fault) {
      return effect();
    }
    return performFault(fault, {
      effect,
      refuse,
      previous,
      namedError: faultError('code' in fault ? fault : {}, context),
      wait: (milliseconds) => new Promise((resolve) => schedule.after(milliseconds, resolve)),
      later(milliseconds, task) {
        schedule.after(milliseconds, async () => {
          try {
            await task();
          } catch (error) {
            log(`A late effect failed: ${error instanceof Error ? error.stack : error}`);
          }
        });
      },
    });
  };
}
