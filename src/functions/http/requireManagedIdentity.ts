import type { Config } from '../../config.ts';
import { RequestRefused } from './requestRefused.ts';

/** @throws RequestRefused where the app acts with its callers' tokens: whatever a run needs, it needs after its caller is gone. */
export function requireManagedIdentity({ arm }: Config): void {
  if (arm.credential === 'caller') {
    throw new RequestRefused({
      status: 403,
      code: 'LaunchNeedsManagedIdentity',
      message:
        "This app acts with its callers' own tokens (ARM_CREDENTIAL=caller), and a run outlives the token of its caller. " +
        'Runs need ARM_CREDENTIAL=managed-identity.',
    });
  }
}
