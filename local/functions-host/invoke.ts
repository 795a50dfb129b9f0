import type { InvocationResponse, Log, LogLevel, TypedData } from './coreApi.ts';
import type { TraceContext } from './traceContext.ts';
import { triggerOf } from './trigger.ts';
import type { RegisteredFunction, Worker } from './worker.ts';

export type InvocationInput = {
  invocationId: string;
  /** What the trigger brings. */
  data: TypedData;
  triggerMetadata: Record<string, TypedData>;
  traceContext: TraceContext;
};

export type Invocation = { response: InvocationResponse; returnedNothing: boolean };

/**
 * Runs a function once. It rejects with what the function or a hook threw, which is logged already.
 * `signal` gives up while the call's HTTP request has not reached the worker yet.
 */
export type Invoke = (
  registered: RegisteredFunction,
  input: InvocationInput,
  signal?: AbortSignal,
) => Promise<Invocation>;

/** The one way to a function, whatever triggers it. */
export function createInvoke(worker: Worker, log: Log): Invoke {
  return async (registered, input, signal) => {
    try {
      return await runInWorker(worker, log, registered, input, signal);
    } catch (error) {
      log('error', `${registered.metadata.name} failed: ${describe(error)}`);
      throw error;
    }
  };
}

/** The life of an invocation in the worker: arguments, preInvocation hooks, handler, postInvocation hooks, response. */
async function runInWorker(
  worker: Worker,
  log: Log,
  { metadata, callback }: RegisteredFunction,
  { invocationId, data, triggerMetadata, traceContext }: InvocationInput,
  signal: AbortSignal | undefined,
): Promise<Invocation> {
  const programmingModel = worker.programmingModel();
  if (!programmingModel) {
    throw new Error('The app has set no programming model.');
  }
  const inputData = [{ name: triggerOf(metadata)?.name ?? '', data }];
  const invocation = {
    invocationId,
    metadata,
    request: { invocationId, inputData, triggerMetadata, traceContext },
    log: (level: LogLevel, _category: string, message: string) => log(level, message),
    state: undefined as string | undefined,
  };
  const model = programmingModel.getInvocationModel(invocation);
  const { context, inputs } = await Promise.race([model.getArguments(), ...rejectWhenAborted(signal)]);

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
}

/** Without this an invocation whose caller left at once would wait for its HTTP request for ever. */
function rejectWhenAborted(signal: AbortSignal | undefined): Promise<never>[] {
  if (!signal) {
    return [];
  }
  return [
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  ];
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
