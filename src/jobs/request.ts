import type { Fault } from '../aci/errors.ts';
import { parsePointer, toPointer } from '../aci/jsonPointer.ts';
import { type LaunchOverrides, overrideFaults } from '../aci/plan/overrides.ts';
import type { Job } from './job.ts';
import type { AllowableMember } from './jobsFile.schema.ts';
import type { RunRequest } from './runRequest.schema.ts';

/** Every fault of a RunRequest that goes to a job, against what the job lets its callers send and its contract. */
export function jobRequestFaults(job: Job, request: RunRequest): Fault[] {
  return [
    ...disallowedFaults(request, job.allow, `job '${job.name}' allows`),
    ...overrideFaults(request),
    ...contractFaults(job, request),
  ];
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
