import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/globalSetup.ts'],
    setupFiles: ['test/setup.ts'],
    env: { BASE_URL: process.env['BASE_URL'] ?? '' }, // Vite has a meaning of its own for it, and would put that in its place
    maxWorkers: 3, // most of the time is waiting: for containers, looks and messages
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: {
      include: ['src/**/*.{ts,tsx}'],
      // What only runs in a browser is tested there.
      exclude: ['src/main.ts', 'src/console/**/*.tsx', 'src/console/{hooks/*,api/key,api/api,session}.ts'],
      reporter: ['text-summary'],
      thresholds: { lines: 90, branches: 85, functions: 90, statements: 90 },
    },
  },
});
