import type { Binding, FunctionMetadata } from './coreApi.ts';

/** The binding that starts a function, with its name among the function's bindings. */
export type Trigger = { name: string; binding: Binding };

/** Every function has one trigger, the binding whose type ends so. */
export function triggerOf({ bindings }: FunctionMetadata): Trigger | undefined {
  const found = Object.entries(bindings).find(([, { type }]) => /trigger$/i.test(type));
  return found && { name: found[0], binding: found[1] };
}

/** What this host runs. */
export const servedTriggers = ['httpTrigger', 'queueTrigger', 'timerTrigger'] as const;

/** Whether that trigger starts a function. Letter case in types is ignored, as in the host. */
export function isStartedBy(metadata: FunctionMetadata, type: (typeof servedTriggers)[number]): boolean {
  return triggerOf(metadata)?.binding.type.toLowerCase() === type.toLowerCase();
}
