import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const workflows = globSync(join(import.meta.dirname, '../../.github/workflows/*.yml'));

test.each(workflows)(
  '%s uses actions at a full commit, which nobody can move, with the version beside it',
  (path) => {
    const uses = [...readFileSync(path, 'utf8').matchAll(/uses: (.*)/g)].map(([, action]) => action);

    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) {
      expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  },
);

type Job = { permissions?: Record<string, string>; steps: { run?: string; uses?: string }[] };

test.each(workflows)('%s lets nothing of a package run where a token for Azure can be had', (path) => {
  const { permissions, jobs } = parse(readFileSync(path, 'utf8')) as {
    permissions: Record<string, string>;
    jobs: Record<string, Job>;
  };
  const trusted = Object.values(jobs).filter((job) => job.permissions?.['id-token'] === 'write');

  expect(permissions).toEqual({ contents: 'read' });
  for (const { run = '', uses = '' } of trusted.flatMap(({ steps }) => steps)) {
    expect(run).not.toMatch(/\b(?:npm|npx|node)\b/);
    expect(uses).not.toContain('checkout');
  }
});

test.each(workflows)('%s puts nothing that others write into a command', (path) => {
  const { jobs } = parse(readFileSync(path, 'utf8')) as { jobs: Record<string, Job> };

  for (const { run = '' } of Object.values(jobs).flatMap(({ steps }) => steps)) {
    expect(run).not.toContain('${{');
  }
});
