import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

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
