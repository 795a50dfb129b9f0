import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import type { RunMode, StartedBy } from '../run.ts';
import type { RequestedChanges } from '../store/storedRequest.ts';

/** A run to be: what was asked for, with the job's and the product's own defaults filled in. */
export type RunAsked = RequestedChanges & {
  containerGroup: ContainerGroupId;
  job?: string;
  /** The container that the overrides' own variables are for. */
  container?: string;
  /** The container whose end is the end of the run; without it, the end of all is. */
  decidingContainer?: string;
  ifRunning: 'reject' | 'queue' | 'replace';
  mode: RunMode;
  tasks: number;
  parallelism: number;
  timeoutSeconds: number;
  startWithinSeconds: number;
  maxRetries?: number;
  ttlSeconds: number;
  callbackUrl?: string;
  startedBy: StartedBy;
  idempotency?: {
    /** SHA-256 of the key, hexadecimal, bound to who uses it. */
    hash: string;
    /** Tells this request from another. */
    fingerprint: string;
    /** The same request's by secrets that have others in their place by now. */
    olderFingerprints?: readonly string[];
    /** For how long the key stands for its run, in milliseconds. */
    lifetime: number;
  };
};
