import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measurement } from '../measurement.ts';
import { appDirectory } from '../rig/launchers.ts';

/** What goes to Azure, without the operator's own jobs.json. */
export const size: Measurement = {
  name: 'size',
  async measure() {
    const built = await readdir(join(appDirectory, 'dist'), { recursive: true });
    const files = built.filter((file) => /\.(?:cjs|gz)$/.test(file)).map((file) => `dist/${file}`);
    const shipped = [...files, 'host.json', 'package.json'];
    const sizes = await Promise.all(shipped.map((file) => stat(join(appDirectory, file))));
    return [
      {
        what: 'All that ships',
        value: sizes.reduce((sum, { size }) => sum + size, 0) / 1e6,
        unit: ' MB',
        goal: { atMost: 1.5 },
        how: shipped.join(', '),
      },
    ];
  },
};
