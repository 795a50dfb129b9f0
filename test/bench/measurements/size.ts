import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measurement } from '../measurement.ts';
import { appDirectory } from '../rig/launchers.ts';

const shipped = ['dist/main.cjs', 'dist/on-demand.cjs', 'dist/schemas.cjs', 'host.json', 'package.json'];

/** What goes to Azure, without the operator's own jobs.json. */
export const size: Measurement = {
  name: 'size',
  async measure() {
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
