import type { Fault } from '../aci/errors.ts';
import { parsePointer, toPointer } from '../aci/jsonPointer.ts';
import { type LaunchOverrides, overrideFaults } from '../aci/plan/overrides.ts';
import { tagFaults } from '../aci/plan/tags.ts';
import { callbackUrlFaults } from '../runs/callbacks/callbackUrlFaults.ts';
import type { AllowableMember } from './allowable.ts';
import { cloneMembers } from './cloneMembers.ts';
import { imageFaults } from './imagePolicy.ts';
import type { Job } from './job.ts';
import type { RunLife, RunRequest } from './runRequest.schema.ts';

/** Where callbacks may go. */
export type CallbackRules = {
  /** Of CALLBACK_HOSTS. */
  allowedHosts: readonly string[];
  /** Whether this machine may be called: where Azure is an emulator on it. */
  allowLoopback: boolean;
};

/** Every fault of a RunRequest that goes to a job, against what the job lets its callers send and its contract. */
export function jobRequestFaults(job: Job, request: RunRequest, callbacks: CallbackRules): Fault[] {
  return [
    ...disallowedFaults(request, job.allow, `job '${job.name}' allows`),
    ...requestFaults(request, job.life, callbacks),
    ...contractFaults(job, request),
    ...imageFaults(job, request),
  ];
}

/**
 * Every fault that a RunRequest of the right shape has by itself.
 * @param life what its job says of it; nothing, without a job.
 */
export function requestFaults(request: RunRequest, life: RunLife, callbacks: CallbackRules): Fault[] {
  return [
    ...overrideFaults(request),
    ...modeFaults(request, request.mode ?? life.mode),
    ...callbackFaults(request.callbackUrl, callbacks),
    ...tagFaults(request.tags ?? {}, '/tags'),
  ];
}

/** The faults of where a caller wants to be called back. */
export function callbackFaults(callbackUrl: string | undefined, callbacks: CallbackRules): Fault[] {
  return callbackUrl === undefined
    ? []
    : callbackUrlFaults(callbackUrl, callbacks.allowedHosts, callbacks).map((message) => ({
        code: 'CallbackNotAllowed',
        target: '/callbackUrl',
        message,
      }));
}

/** What only goes with the other mode. */
function modeFaults(request: RunRequest, mode: RunLife['mode']): Fault[] {
  if (mode === 'clone') {
    return request.mode === 'clone' && (request.ifRunning === 'queue' || request.ifRunning === 'replace')
      ? [
          {
            code: 'InvalidMember',
            target: '/ifRunning',
            message: `Copies run beside whatever else runs: '${request.ifRunning}' does not go with "mode": "clone".`,
          },
        ]
      : [];
  }
  return cloneMembers
    .filter((member) => request[member] !== undefined)
    .map((member) => ({
      code: 'InvalidMember',
      target: toPointer(member),
      message: `'${member}' is for copies: send "mode": "clone", too.`,
    }));
}

/**
 * A fault for each member that the request has and `allow` lacks.
 * @param says how the message says what is allowed, as in `job 'nightly' allows`.
 */
export function disallowedFaults(
  request: RunRequest,
  allow: ReadonlySet<AllowableMember>,
  says: string,
): Fault[] {
  const { containers, dryRun: _, ...shared } = request;
  const sent: [path: string[], member: string][] = [
    ...Object.keys(shared).map((member): [string[], string] => [[member], member]),
    ...(containers ? [[['containers'], 'containers'] satisfies [string[], string]] : []),
    ...Object.entries(containers ?? {}).flatMap(([name, overrides]) =>
      Object.keys(overrides).map((member): [string[], string] => [['containers', name, member], member]),
    ),
  ];
  return sent
    .filter(([, member]) => !(allow as ReadonlySet<string>).has(member))
    .map(([path, member]) => ({
      code: 'NotAllowed',
      target: toPointer(...path),
      message: `'${member}' may not be sent: ${says} ${[...allow].join(', ') || 'nothing'}.`,
    }));
}

/** The faults of the variables against the job's contract, which holds plain and secure ones alike. */
export function contractFaults(
  { contract, container }: Job,
  { env, secureEnv, containers }: LaunchOverrides,
): Fault[] {
  if (!contract) {
    return [];
  }
  const besides = Object.entries(containers ?? {})
    .filter(([name, overrides]) => (container ?? name) === name && (overrides.env || overrides.secureEnv))
    .map(([name]) => ({
      code: 'NotAllowed',
      target: toPointer('containers', name),
      message: `The job has a contract for its variables: send them as env or secureEnv of the request itself.`,
    }));
  const secure = new Set(Object.keys(secureEnv ?? {}));
  const faults = contract.check({ ...env, ...secureEnv }).map((fault) => {
    const name = parsePointer(fault.target)?.[0] ?? '';
    return { ...fault, target: `${toPointer(secure.has(name) ? 'secureEnv' : 'env')}${fault.target}` };
  });
  return [...besides, ...faults];
}
