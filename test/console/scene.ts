import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { type ContainerGroupId, parseContainerGroupId } from '../../src/aci/containerGroupId.ts';
import { type App, type AppOptions, post, startApp } from '../endToEnd/app.ts';
import { atOnce, createGroup, resourceId } from '../endToEnd/groups.ts';
import { freshStorage } from '../storage.ts';
import { pastRuns, type Seed, seedRuns } from './seedRuns.ts';

/** What a container prints that wants to be more than text. */
export const markup = '<img src=x onerror="alert(1)">';

/** Greets, works until somebody ends it or FOR milliseconds are over, and says what it does. */
const worker = [
  'node',
  '--input-type=module',
  '--eval',
  `const { NAME = 'nobody', FOR = '0', EXIT = '0', RUN_TASK_INDEX } = process.env;
console.log('Hello, ' + NAME + '! ' + ${JSON.stringify(markup)});
if (RUN_TASK_INDEX) console.log('task ' + RUN_TASK_INDEX);
const end = Date.now() + Number(FOR);
for (let step = 1; Date.now() < end; step++) {
  console.log('step ' + step);
  await new Promise((resolve) => setTimeout(resolve, 250));
}
process.exit(Number(EXIT));`,
];

const variables = {
  type: 'object',
  properties: {
    NAME: { type: 'string', minLength: 1, maxLength: 64, description: 'Whom to greet.' },
    REGION: { type: 'string', enum: ['north', 'south'] },
    DATE: { type: 'string', format: 'date' },
    FOR: { type: 'integer', minimum: 0, maximum: 600_000, description: 'How long to work, in milliseconds.' },
  },
  additionalProperties: false,
};

const jobs = {
  'nightly-report': {
    containerGroup: resourceId('reports'),
    container: 'main',
    env: variables,
    allow: ['env', 'ifRunning', 'timeoutSeconds', 'tags'],
    schedule: '0 0 2 * * *',
    ifRunning: 'queue',
  },
  invoices: {
    containerGroup: resourceId('invoices'),
    allow: ['env', 'secureEnv', 'ifRunning'],
    roles: ['Runs.Launch.Invoices'],
  },
  'resize-images': {
    containerGroup: resourceId('images'),
    allow: ['env', 'mode', 'tasks', 'parallelism'],
    mode: 'clone',
    tasks: 12,
    ttlSeconds: 0,
  },
  backup: { containerGroup: resourceId('backup'), env: { ...variables, required: ['NAME'] } },
  cleanup: { containerGroup: resourceId('cleanup'), allow: ['env'] },
};

export type Scene = {
  app: App;
  emulator: Emulator;
  groups: Record<'reports' | 'invoices' | 'images' | 'backup' | 'cleanup', ContainerGroupId>;
  /** The runs that are over already, newest first, by the group's name. */
  past: Record<string, Seed[]>;
  launch: (job: string, body: unknown) => Promise<{ id: string }>;
  close: () => Promise<void>;
};

/** The app over the emulator, with groups, jobs, and a past. */
export async function startScene(options: Omit<AppOptions, 'arm'> = {}): Promise<Scene> {
  const emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  const names = ['reports', 'invoices', 'images', 'backup', 'cleanup'] as const;
  await Promise.all(
    names.map((name) =>
      createGroup(emulator, name, { command: worker, image: `example.azurecr.io/${name}:1.4` }),
    ),
  );
  const storage = freshStorage();
  const groups = Object.fromEntries(names.map((name) => [name, groupNamed(name)])) as Scene['groups'];
  const past = {
    reports: pastRuns({
      group: groups.reports,
      job: 'nightly-report',
      count: 24,
      everyMs: 86_400_000,
      agoMs: 1_200_000,
    }),
    invoices: pastRuns({
      group: groups.invoices,
      job: 'invoices',
      count: 9,
      everyMs: 5_400_000,
      agoMs: 7_500_000,
    }),
    images: pastRuns({
      group: groups.images,
      job: 'resize-images',
      count: 5,
      everyMs: 40_000_000,
      agoMs: 4_000_000,
      tasks: 12,
    }),
  };
  const [app] = await Promise.all([
    startApp({
      arm: emulator,
      jobs,
      ...options,
      settings: { AzureWebJobsStorage: storage, ...options.settings },
    }),
    seedRuns(storage, Object.values(past).flat()),
  ]);
  return {
    app,
    emulator,
    groups,
    past,
    async launch(job, body) {
      const answer = await post(`${app.url}/api/jobs/${job}/runs`, body);
      if (answer.status !== 202) {
        throw new Error(await answer.text());
      }
      return (await answer.json()) as { id: string };
    },
    async close() {
      await app.close();
      await emulator.close();
    },
  };
}

function groupNamed(name: string): ContainerGroupId {
  const group = parseContainerGroupId(resourceId(name));
  if (group === undefined) {
    throw new Error(`'${name}' is no name of a group.`);
  }
  return group;
}
