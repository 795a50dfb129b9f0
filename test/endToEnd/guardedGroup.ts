import type { Emulator } from '../../local/aci/emulator.ts';
import type { Canaries } from './canaries.ts';
import { createGroup, resourceId } from './groups.ts';

/** What the app is told by its settings, each a secret of its own. */
export const secretSettings = ({ secret, plainSecret }: Canaries) => ({
  ENV_SECRET: secret('secure variable of the job'),
  INIT_SECRET: secret('secure variable of an init container'),
  REGISTRY_SECRET: secret('registry password of the job'),
  VOLUME_SECRET: plainSecret('storage key of the job'),
  FILE_SECRET: plainSecret('secret volume of the job'),
  WORKSPACE_SECRET: plainSecret('workspace key of the job'),
  LAUNCHER_SECRET: `${plainSecret('LAUNCHER_SECRET')},${plainSecret('older LAUNCHER_SECRET')}`,
  CALLBACK_SECRET: secret('callbackSecret'),
});

export type SecretSettings = ReturnType<typeof secretSettings>;

const jobSecrets = [
  { container: 'main', env: 'TOKEN', from: 'setting:ENV_SECRET' },
  { container: 'init', env: 'INIT_TOKEN', from: 'setting:INIT_SECRET' },
  { registry: 'example.azurecr.io', from: 'setting:REGISTRY_SECRET' },
  { volume: 'files', from: 'setting:VOLUME_SECRET' },
  { volume: 'certs', key: 'tls.pem', from: 'setting:FILE_SECRET' },
  { workspace: 'key', from: 'setting:WORKSPACE_SECRET' },
  { workspace: 'resourceId', from: 'none' },
];
/** A job that puts one of each kind of secret back. */
export const guarded = {
  containerGroup: resourceId('guarded'),
  container: 'main',
  secrets: jobSecrets,
  callbackSecret: 'setting:CALLBACK_SECRET',
  allow: [
    'env',
    'secureEnv',
    'containers',
    'mode',
    'tasks',
    'ttlSeconds',
    'ifRunning',
    'callbackUrl',
    'tags',
  ],
};
/** The map of a job whose triggers bring secrets. */
export const map = [
  { name: 'FROM_BODY', from: '/deep/token', secure: true },
  { name: 'FROM_HEADER', from: 'x-secret', source: 'header', secure: true },
  { name: 'FROM_QUERY', from: 'secret', source: 'query', secure: true, pattern: '^c' },
];

/** A group with everything that Azure takes and never returns. Its container runs for LASTS milliseconds and exits with EXIT. */
export async function createGuarded(emulator: Emulator, settings: SecretSettings): Promise<void> {
  const command = [
    'node',
    '-e',
    'setTimeout(() => process.exit(Number(process.env.EXIT)), Number(process.env.LASTS))',
  ];
  const init = { image: 'image', command: ['node', '-e', ''] };
  await createGroup(
    emulator,
    'guarded',
    {
      command,
      environmentVariables: [
        { name: 'LASTS', value: '20' },
        { name: 'EXIT', value: '0' },
        { name: 'TOKEN', secureValue: settings.ENV_SECRET },
      ],
    },
    {
      initContainers: [
        {
          name: 'init',
          properties: {
            ...init,
            environmentVariables: [{ name: 'INIT_TOKEN', secureValue: settings.INIT_SECRET }],
          },
        },
      ],
      imageRegistryCredentials: [
        { server: 'example.azurecr.io', username: 'u', password: settings.REGISTRY_SECRET },
      ],
      volumes: [
        {
          name: 'files',
          azureFile: { shareName: 's', storageAccountName: 'a', storageAccountKey: settings.VOLUME_SECRET },
        },
        { name: 'certs', secret: { 'tls.pem': settings.FILE_SECRET } },
      ],
      diagnostics: { logAnalytics: { workspaceId: 'w', workspaceKey: settings.WORKSPACE_SECRET } },
    },
  );
}
