import type { Config } from '../../config.ts';
import type { CallbackRules } from '../../jobs/request.ts';

/** Where callbacks may go, by the settings; to this machine only where Azure is an emulator on it. */
export function callbackRules({ callbackHosts, isLocal }: Config): CallbackRules {
  return { allowedHosts: callbackHosts, allowLoopback: isLocal };
}
