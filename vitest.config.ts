import { defineConfig } from 'vitest/config';

/**
 * Tests of values alone: nothing that one of them does is left for the next, so they need no worker of their own each. They come last, and the
 * longest are not among them: the others would be over long before.
 */
const ofValues = [
  'test/{aci,docs,hooks,jobs,openapi,validation}/**/!(managedIdentity).test.ts',
  'test/functions/**/!(routes).test.ts',
  'test/runs/**/!(managedIdentity|simulation|plantedBugs).test.ts',
  'test/local/aci/**/*.test.ts',
  'test/infra/**/!(hooks|stage).test.ts',
  'test/console/{api,form,history,place,runs,words}.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['test/globalSetup.ts'],
    setupFiles: ['test/setup.ts'],
    env: { BASE_URL: process.env['BASE_URL'] ?? '' }, // Vite has a meaning of its own for it, and would put that in its place
    maxWorkers: 4, // most of the time is waiting: for containers, looks and messages
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'values', include: ofValues, isolate: false } },
      { extends: true, test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: ofValues } },
    ],
    coverage: {
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
