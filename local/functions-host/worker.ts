import type {
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  HookName,
  Log,
  LogLevel,
  ProgrammingModel,
} from './coreApi.ts';
import { HostError } from './hostError.ts';

export type RegisteredFunction = { metadata: FunctionMetadata; callback: FunctionCallback };

/** What an app has told its worker while it was loaded. */
export type Worker = {
  functions: RegisteredFunction[];
  /** Shared by all hooks of the app, as the worker promises them. */
  appHookData: object;
  programmingModel(): ProgrammingModel | undefined;
  /** Calls the hooks of that name one after the other, in the order of their registration. */
  runHooks(name: HookName, context: object): Promise<void>;
  /** After this a function can no longer be registered. */
  lock(): void;
  /** The module `@azure/functions-core`. */
  coreApi: object;
};

const hookNames: readonly string[] = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation'];

/** A worker that knows nothing yet. It behaves as the real one: https://github.com/Azure/azure-functions-nodejs-worker */
export function createWorker(log: Log): Worker {
  const functions: RegisteredFunction[] = [];
  const hooks: { name: string; callback: HookCallback }[] = [];
  let model: ProgrammingModel | undefined;
  let locked = false;

  const coreApi = {
    version: '3.11.0',
    hostVersion: '4.1052.200',
    Disposable,
    // Of what the library says for its own sake, the real host shows nobody more than its troubles.
    log: (level: LogLevel, _category: string, message: string) =>
      log(level === 'information' ? 'debug' : level, message),
    setProgrammingModel(given: ProgrammingModel) {
      model = given;
    },
    getProgrammingModel: () => model,
    registerHook(name: string, callback: HookCallback) {
      if (!hookNames.includes(name)) {
        throw new RangeError(`Unrecognized hook "${name}"`);
      }
      return addTo(hooks, { name, callback });
    },
    registerFunction(metadata: FunctionMetadata, callback: FunctionCallback) {
      if (locked) {
        throw new HostError('A function can only be registered during app startup.');
      }
      const name = metadata.name.toLowerCase();
      if (!/^[a-z][a-z0-9_-]{0,127}$/.test(name)) {
        throw new HostError(`'${metadata.name}' is not a valid function name.`);
      }
      if (functions.some((other) => other.metadata.name.toLowerCase() === name)) {
        throw new HostError(`A function with id "${metadata.name}" has already been registered.`);
      }
      return addTo(functions, { metadata, callback });
    },
  };

  return {
    functions,
    appHookData: {},
    coreApi,
    programmingModel: () => model,
    async runHooks(name, context) {
      for (const hook of hooks.filter((candidate) => candidate.name === name)) {
        await hook.callback(context);
      }
    },
    lock() {
      locked = true;
    },
  };
}

class Disposable {
  readonly #undo: () => void;

  constructor(undo: () => void) {
    this.#undo = undo;
  }

  dispose(): void {
    this.#undo();
  }
}

function addTo<Item>(list: Item[], item: Item): Disposable {
  list.push(item);
  return new Disposable(() => {
    const index = list.indexOf(item);
    if (index >= 0) {
      list.splice(index, 1);
    }
  });
}
