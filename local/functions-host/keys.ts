import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AuthLevel } from './routes.ts';

/** The master key opens everything, the host key every function of level `function`, a function's key itself alone. */
export type FunctionKeys = { master: string; host: string; functions: Record<string, string> };

/** New keys for the functions of these names. */
export function generateKeys(names: string[]): FunctionKeys {
  return {
    master: newKey(),
    host: newKey(),
    functions: Object.fromEntries(names.map((name) => [name, newKey()])),
  };
}

/** The key that a request brings: the header wins, even when it is wrong and `?code=` is right. */
export function presentedKey(request: IncomingMessage, query: URLSearchParams): string | undefined {
  return (
    request.headersDistinct['x-functions-key']?.[0] ??
    [...query].find(([name]) => name.toLowerCase() === 'code')?.[1]
  );
}

/** Whether a key opens a function of that level. */
export function opens(
  keys: FunctionKeys,
  key: string | undefined,
  { name, authLevel }: { name: string; authLevel: AuthLevel },
): boolean {
  if (authLevel === 'anonymous' || key === keys.master) {
    return true;
  }
  return authLevel === 'function' && key !== undefined && (key === keys.host || key === keys.functions[name]);
}

function newKey(): string {
  return randomBytes(40).toString('base64url');
}
