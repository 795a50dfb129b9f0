import { type ArmError, invalidAuthenticationToken } from '../armErrors.ts';
import type { Answer } from '../http/answer.ts';
import type { Fault } from './fault.ts';

/** How a request ends: an answer, a connection that is dropped, or nothing, ever. */
export type Outcome = Answer | 'drop' | 'hang';

export type FaultStage = {
  /** Does what the request asks for, as if there were no fault. */
  effect(): Answer | Promise<Answer>;
  wait(milliseconds: number): Promise<void>;
  later(milliseconds: number, task: () => unknown): void;
  /** An error in the envelope of the endpoint that was called. */
  refuse(error: ArmError): Answer;
  /** The error that the fault names. */
  namedError: ArmError | undefined;
  /** What a GET answered before the last write. */
  previous(): Answer | undefined;
};

/** Lets a fault befall a request. */
export async function performFault(fault: Fault, stage: FaultStage): Promise<Outcome> {
  const { effect, wait, later, refuse, namedError, previous } = stage;
  const told: Outcome = namedError ? refuse(namedError) : 'drop';
  switch (fault.action) {
    case 'latency':
      await wait(fault.milliseconds);
      return effect();
    case 'error':
    case 'drop':
      return told;
    case 'hang':
      return 'hang';
    case 'answerLost':
      await effect();
      return told;
    case 'answerLate': {
      const answer = await effect();
      await wait(fault.milliseconds);
      return answer;
    }
    case 'effectLate':
      later(fault.milliseconds, effect);
      return told;
    case 'stale':
      return previous() ?? effect();
    case 'tokenRefused':
      return refuse(invalidAuthenticationToken('The access token is invalid.'));
    case 'tokenExpired':
      return refuse(
        invalidAuthenticationToken('The access token expiry UTC time is earlier than the current time.'),
      );
  }
}
