import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longestFirst.ts';

/** Tests that change their process: its environment, timers or modules, or the identity that the SDK of Azure keeps for as long as a process lives. */
const inAProcessOfTheirOwn = [
  'test/**/{managedIdentity,identityEndpoint,fidelity}.test.ts',
  'test/{aci,contracts}/containerGroups.test.ts',
  'test/aci/withinDeadline.test.ts',
  'test/functions/routes.test.ts',
  'test/runs/callbacks/sendCallback.test.ts',
  'test/infra/stage.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['test/globalSetup.ts'],
    setupFiles: ['test/setup.ts'],
    env: { BASE_URL: process.env['BASE_URL'] ?? '' }, // Vite has a meaning of its own for it, and would put that in its place
    maxWorkers: 5, // on two cores: while some wait, for containers, looks and messages, others work
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'alone', include: inAProcessOfTheirOwn } },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: inAProcessOfTheirOwn,
          isolate: false,
        },
      },
    ],
    coverage: {
      provider: 'istanbul', // that of V8 counts in everything that runs, libraries too: it made tests of values up to three times slower
      include: ['src/**/*.{ts,tsx}'],
      // What only runs in a browser is tested there.
      exclude: [
        'src/{main,handlers}.ts',
        'src/console/**/*.tsx',
        'src/console/{hooks/*,api/key,api/api,session}.ts',
      ],
      reporter: ['text-summary'],
      thresholds: { lines: 90, branches: 85, functions: 90, statements: 90 },
    },
  },
});
