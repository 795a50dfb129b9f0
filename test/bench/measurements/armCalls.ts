import type { Measurement } from '../measurement.ts';
import { startArm } from '../rig/arm.ts';
import { besideStorage } from '../rig/azure.ts';
import { groupsOf } from '../rig/groups.ts';
import { startApp } from '../rig/launchers.ts';

const estate = { subscriptions: 1, resourceGroups: 1, groups: 10 };

/** Counts what the emulator is asked for until a launch is answered. */
export const armCalls: Measurement = {
  name: 'calls',
  async measure({ scope }) {
    const arm = await startArm({ estate });
    scope.defer(() => arm.close());
    const app = await startApp(scope, await besideStorage(scope, arm));
    const before = arm.requests.length;
    for (const group of groupsOf(estate)) {
      await app.launch(group);
    }
    return [
      {
        what: 'ARM calls of one launch',
        value: (arm.requests.length - before) / estate.groups,
        unit: '',
        goal: { exactly: 2 },
        how: `mean of ${estate.groups} launches`,
      },
    ];
  },
};
