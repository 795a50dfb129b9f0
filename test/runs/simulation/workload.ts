import type { ContainerGroupId } from '../../../src/aci/containerGroupId.ts';
import { resourceIdOf } from '../../../src/aci/containerGroupId.ts';
import type { ContainerGroupDocument } from '../../../src/aci/document.ts';
import type { RunAsked } from '../../../src/runs/request/runAsked.ts';
import type { EffectName } from './faults.ts';
import type { Random } from './random.ts';
import type { Variant } from './variants.ts';

const hour = 3_600_000;

/** How long runs are kept in the variant that is about it, in milliseconds. */
export const shortRetention = 600_000;

/** One request of the simulated callers. */
export type SimulatedRequest = {
  index: number;
  at: number;
  asked: RunAsked;
  /** When somebody cancels the run that came of it, if so. */
  cancelAt?: number;
};

export const secretOf = (index: number) => `canary-secret-${index}-0123456789`;

export const containerGroups: ContainerGroupId[] = ['first', 'second'].map((name) => ({
  subscriptionId: '11111111-2222-3333-4444-555555555555',
  resourceGroup: 'jobs',
  name,
}));

/** What each group holds before any run. */
export const baseVariables = { SHARED: 'base', GREETING: 'hello' };

export type GroupShape = { restartPolicy?: string; hasSidecar?: boolean };

export function baseGroup(
  id: ContainerGroupId,
  { restartPolicy = 'Never', hasSidecar = false }: GroupShape = {},
): ContainerGroupDocument {
  const environmentVariables = Object.entries(baseVariables).map(([name, value]) => ({ name, value }));
  return {
    id: resourceIdOf(id),
    name: id.name,
    location: 'westeurope',
    properties: {
      osType: 'Linux',
      restartPolicy,
      containers: ['main', ...(hasSidecar ? ['sidecar'] : [])].map((name) => ({
        name,
        properties: { image: 'image', environmentVariables: structuredClone(environmentVariables) },
      })),
    },
  };
}

/** The requests of one seed, on two groups, in the first quarter of an hour: more of those that meet the effect that the seed is about. */
export function createWorkload(
  random: Random,
  start: number,
  focus: EffectName,
  variant: Variant,
  shape: GroupShape,
): SimulatedRequest[] {
  const requests: SimulatedRequest[] = [];
  const count = random.between(6, 12);
  for (let index = 0; index < count; index += 1) {
    const at = start + random.between(0, hour / 4);
    const previous = requests.at(-1);
    if (previous && random.chance(0.2)) {
      const idempotency = {
        hash: `key${previous.index}`,
        fingerprint: `body${previous.index}`,
        lifetime: variant === 'retention' ? shortRetention : 24 * hour,
      };
      previous.asked = { ...previous.asked, idempotency };
      const other = { ...idempotency, fingerprint: `body${index}` };
      const asked = random.chance(0.3)
        ? { ...createAsked(random, index, focus, variant, shape), idempotency: other }
        : previous.asked;
      const askedAgain = previous.at + random.between(0, 60_000);
      const { containerGroup } = previous.asked;
      requests.push({ index, at: askedAgain, asked: { ...asked, containerGroup } });
      continue;
    }
    requests.push({
      index,
      at,
      asked: createAsked(random, index, focus, variant, shape),
      ...(random.chance(focus === 'arm.stop' ? 0.6 : 0.15) && { cancelAt: at + random.between(0, 400_000) }),
    });
  }
  return requests;
}

function createAsked(
  random: Random,
  index: number,
  focus: EffectName,
  variant: Variant,
  { hasSidecar }: GroupShape,
): RunAsked {
  const isClone = random.chance(focus === 'arm.delete' ? 0.6 : 0.25);
  const tasks = isClone ? random.between(1, 4) : 1;
  const maxRetries = random.pick([0, 0, 1, 2]);
  return {
    containerGroup: random.pick(containerGroups),
    overrides: {
      env: {
        SHARED: `run ${index}`,
        [`ONLY_${index}`]: 'here',
        SECONDS: random.between(1, focus === 'arm.stop' ? 600 : random.pick([5, 60, 600])),
        EXITS: random.pick(['0', '0', '0', '1', '1,0', '1,1,0']),
        ...(variant === 'large' && random.chance(0.15) && manyVariables(index)),
      },
      ...(random.chance(0.3) && { secureEnv: { TOKEN: secretOf(index) } }),
    },
    ifRunning: random.pick(['queue', 'queue', 'queue', 'reject', 'replace'] as const),
    mode: isClone ? 'clone' : 'recreate',
    tasks,
    parallelism: random.between(1, tasks),
    timeoutSeconds: random.pick(variant === 'limits' ? [1, 20, 120] : [120, 3_600, 86_400]),
    startWithinSeconds: random.pick(variant === 'limits' ? [1, 5, 20, 3_600] : [3_600, 21_600]),
    maxRetries,
    ttlSeconds: random.pick([0, 3_600]),
    startedBy: { via: 'the simulation' },
    ...(hasSidecar && { container: 'main', decidingContainer: 'main' }),
    ...(variant === 'settings' && random.chance(0.5) && { job: 'nightly' }),
    ...(random.chance(0.3) && { callbackUrl: 'https://callbacks.example.org/done' }),
  };
}

/** About a third of what a row holds of what a launch replaces. */
function manyVariables(index: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: 1_000 }, (_, number) => [`VARIABLE_${index}_${number}`, 'some value']),
  );
}
