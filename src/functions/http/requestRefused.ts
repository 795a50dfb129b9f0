import { LauncherError } from '../../aci/errors.ts';

/** A request that HTTP itself is wrong with, before anybody looks at what it asks. */
export class RequestRefused extends LauncherError {
  readonly status: number;
  readonly code: string;

  constructor({ status, code, message }: { status: number; code: string; message: string }) {
    super(message);
    this.name = 'RequestRefused';
    this.status = status;
    this.code = code;
  }
}
