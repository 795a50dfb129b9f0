import type { Fault } from '../../aci/errors.ts';
import { InvalidRequest } from '../../aci/errors.ts';
import { toPointer } from '../../aci/jsonPointer.ts';
import type { LaunchOverrides } from '../../aci/plan/overrides.ts';
import { SecretsToSendAgain } from '../errors.ts';
import type { RunVariable, StartedBy } from '../run.ts';
import type { RunRecord } from '../runRecord.ts';
import type { StoredRequest } from '../store/storedRequest.ts';
import type { RunAsked } from './runAsked.ts';

/** What was sealed of a run, sent again. */
export type SentAgain = {
  secureEnv?: Record<string, string>;
  containers?: Record<string, { secureEnv?: Record<string, string> }>;
  /** Null for no callback, though the run had one. */
  callbackUrl?: string | null;
};

/**
 * The same run once more: with what is stored of its request, and what is sent again of its secrets. Pure.
 * @throws SecretsToSendAgain with each secret that is missing; InvalidRequest for variables that the run did not have.
 */
export function rerunOf(
  run: RunRecord,
  { overrides, tags }: StoredRequest,
  sent: SentAgain,
  startedBy: StartedBy,
): RunAsked {
  const secure = run.env.filter((variable) => variable.secure);
  const needless = sentNames(sent).filter(([container, name]) => !secure.some(isFor(run, container, name)));
  if (needless.length > 0) {
    throw new InvalidRequest(needless.map(([container, name]) => unknownVariable(container, name)));
  }
  const missing = secure
    .filter((variable) => !sentNames(sent).some(([container, name]) => isFor(run, container, name)(variable)))
    .map(({ container, name }) => missingSecret(targetOf(run, container, name), `The variable '${name}'`));
  if (run.hasCallback && sent.callbackUrl === undefined) {
    missing.push(missingSecret('/callbackUrl', "The run's callback URL (null for none)"));
  }
  if (missing.length > 0) {
    throw new SecretsToSendAgain(missing);
  }
  const { job, container, decidingContainer, maxRetries, containerGroup, mode, ifRunning } = run;
  return {
    containerGroup,
    ...(job !== undefined && { job }),
    ...(container !== undefined && { container }),
    ...(decidingContainer !== undefined && { decidingContainer }),
    overrides: joined(overrides, sent),
    ...(tags && { tags }),
    mode,
    ifRunning,
    tasks: run.tasks.length,
    parallelism: run.parallelism,
    timeoutSeconds: run.timeoutSeconds,
    startWithinSeconds: run.startWithinSeconds,
    ...(maxRetries !== undefined && { maxRetries }),
    ttlSeconds: run.ttlSeconds,
    ...(typeof sent.callbackUrl === 'string' && { callbackUrl: sent.callbackUrl }),
    startedBy,
  };
}

type SentName = [container: string | undefined, name: string];

function sentNames({ secureEnv, containers }: SentAgain): SentName[] {
  return [
    ...Object.keys(secureEnv ?? {}).map((name): SentName => [undefined, name]),
    ...Object.entries(containers ?? {}).flatMap(([container, sent]) =>
      Object.keys(sent.secureEnv ?? {}).map((name): SentName => [container, name]),
    ),
  ];
}

/** Whether what was sent, for a container or for the one that shared variables go to, is what a variable of the run needs. */
function isFor({ container: shared }: RunRecord, container: string | undefined, name: string) {
  return (variable: RunVariable): boolean =>
    variable.name === name &&
    (container === undefined
      ? shared === undefined || variable.container === shared
      : variable.container === container);
}

function joined({ secureEnv: _, ...overrides }: LaunchOverrides, sent: SentAgain): LaunchOverrides {
  const containers = { ...overrides.containers };
  for (const [name, { secureEnv }] of Object.entries(sent.containers ?? {})) {
    containers[name] = { ...containers[name], ...(secureEnv && { secureEnv }) };
  }
  return {
    ...overrides,
    ...(sent.secureEnv && { secureEnv: sent.secureEnv }),
    ...(Object.keys(containers).length > 0 && { containers }),
  };
}

function targetOf({ container: shared }: RunRecord, container: string, name: string): string {
  return container === '' || container === shared
    ? toPointer('secureEnv', name)
    : toPointer('containers', container, 'secureEnv', name);
}

function missingSecret(target: string, what: string): Fault {
  return { code: 'SecretRequired', target, message: `${what} must be sent again.` };
}

function unknownVariable(container: string | undefined, name: string): Fault {
  return {
    code: 'UnknownVariable',
    target:
      container === undefined
        ? toPointer('secureEnv', name)
        : toPointer('containers', container, 'secureEnv', name),
    message: `The run had no secure variable '${name}' there; a rerun changes nothing.`,
  };
}
