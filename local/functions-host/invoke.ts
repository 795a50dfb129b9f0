import { randomUUID } from 'node:crypto';
import type { InvocationRequest, InvocationResponse, Log, LogLevel } from './coreApi.ts';
import type { RegisteredFunction, Worker } from './worker.ts';

export type Invocation = { response: InvocationResponse; returnedNothing: boolean };

/** Runs a function once. `signal` gives up while the call's HTTP request has not reached the worker yet. */
export type Invoke = (
  registered: RegisteredFunction,
  request: InvocationRequest,
  signal: AbortSignal,
) => Promise<Invocation>;

/**
 * The life of an invocation in the worker: arguments, preInvocation hooks, handler, postInvocation hooks, response.
 * It rejects with what the handler or a hook threw.
 */
export function createInvoke(worker: Worker, log: Log): Invoke {
  return async ({ metadata, callback }, request, signal) => {
    const programmingModel = worker.programmingModel();
    if (!programmingModel) {
      throw new Error('The app has set no programming model.');
    }
    const invocation = {
      invocationId: request.invocationId,
      metadata,
      request: { ...request, traceContext: newTraceContext() },
      log: (level: LogLevel, _category: string, message: string) => log(level, message),
      state: undefined as string | undefined,
    };
    const model = programmingModel.getInvocationModel(invocation);
    const { context, inputs } = await Promise.race([model.getArguments(), rejectWhenAborted(signal)]);

    const hookContext = { hookData: {}, appHookData: worker.appHookData, invocationContext: context };
    const before = { ...hookContext, inputs, functionCallback: callback };
    invocation.state = 'preInvocationHooks';
    await worker.runHooks('preInvocation', before);

    const after = { ...hookContext, inputs: before.inputs, result: null as unknown, error: null as unknown };
    invocation.state = 'invocation';
    try {
      after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
    } catch (error) {
      // A hook may forgive an error by clearing it, so even a thrown null must not look like success.
      after.error = error ?? new Error(`The function threw ${error}.`);
    }
    invocation.state = 'postInvocationHooks';
    await worker.runHooks('postInvocation', after);
    invocation.state = undefined;
    if (after.error) {
      throw after.error;
    }
    return {
      response: await model.getResponse(context, after.result),
      returnedNothing: after.result === undefined || after.result === null,
    };
  };
}

/** Without this an invocation whose caller left at once would wait for its HTTP request for ever. */
function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function newTraceContext(): object {
  const spanId = randomUUID().replaceAll('-', '').slice(0, 16);
  return {
    traceParent: `00-${randomUUID().replaceAll('-', '')}-${spanId}-00`,
    traceState: '',
    attributes: {},
  };
}
