import { againWhenCutOff } from './againWhenCutOff.ts';
import { type ArmToken, readAnswer, unansweredError } from './armAnswer.ts';
import {
  type ArmPipeline,
  type ArmPipelineOptions,
  type ArmRequest,
  createArmPipeline,
} from './armPipeline.ts';
import { ArmError } from './errors.ts';
import { withinDeadline } from './withinDeadline.ts';

/**
 * Makes one call to ARM.
 * @param target a path below the endpoint, or an absolute URL that ARM gave, which must be of the endpoint's origin.
 * @returns the answer's JSON; undefined when it has none. Rejects with ArmError.
 */
export type ArmCall = (request: Pick<ArmRequest, 'method' | 'body'>, target: string) => Promise<unknown>;

export type ArmCallOptions = ArmPipelineOptions & {
  /** Milliseconds since 1970, as Azure's own clock has it. */
  now: () => number;
  /** The headers by which a call is part of what is being done, read at each. */
  traceHeaders: () => Record<string, string>;
};

export type ArmCalls = {
  /** Makes the calls of the app's own identity, or with a caller's token those of the caller. */
  as: (callerToken?: string) => ArmCall;
  /** Loads the SDKs and gets the app's own token, as the first call would. Rejects where that does. */
  warmUp: () => Promise<void>;
};

/**
 * Calls to ARM, each within a deadline and made once, but for a GET that was cut off. The SDKs are loaded at the first, so that a start
 * does not wait for them.
 */
export function createArmCalls(options: ArmCallOptions): ArmCalls {
  let made: ArmPipeline | undefined;
  const pipeline = () => (made ??= createArmPipeline(options));

  return {
    as: (callerToken) => async (request, target) => {
      const url = URL.parse(target.startsWith('/') ? `${options.endpoint}${target}` : target);
      if (url === null || url.origin !== new URL(options.endpoint).origin) {
        throw new ArmError({
          code: 'UnexpectedAnswer',
          message:
            'Azure Resource Manager named a next page that is not its own; the token may not go there.',
        });
      }
      const token: ArmToken = callerToken === undefined ? 'app' : 'caller';
      const isWrite = request.method !== 'GET';
      const { send } = pipeline();
      const traceHeaders = options.traceHeaders();
      const response = await withinDeadline(options.deadlineMs, (abortSignal) => {
        const once = () => send({ ...request, url: url.href, abortSignal, callerToken, traceHeaders });
        return isWrite ? once() : againWhenCutOff(once);
      }).catch((cause: unknown) => {
        throw unansweredError(cause, isWrite, options.deadlineMs);
      });
      return readAnswer(response, { isWrite, token, now: options.now() });
    },
    warmUp: () => pipeline().authenticate(),
  };
}
