import { resourceIdOf } from '../../../src/aci/containerGroupId.ts';
import type { EffectName } from './faults.ts';
import { die, type Process, type World } from './process.ts';
import type { Simulation } from './simulation.ts';
import { baseGroup, containerGroups } from './workload.ts';

const minute = 60_000;
const outages: readonly EffectName[] = [
  'rows.get',
  'rows.commit',
  'queue.send',
  'arm.get',
  'arm.put',
  'arm.stop',
  'arm.logs',
  'arm.delete',
];

/** What goes wrong with the whole world of a seed. @param processes those of this moment. */
export function planTroubles(
  { arm, variant }: Simulation,
  world: World,
  processes: () => Iterable<Process>,
): void {
  const { timeline, random } = world;
  const start = timeline.now();
  const within = (minutes: number) => start + random.between(0, minutes * minute);
  switch (variant) {
    case 'outage': {
      const outage = { effect: random.pick(outages), isDenied: random.chance(0.5) };
      const from = within(15);
      timeline.at(from, () => {
        world.outage = outage;
      });
      timeline.at(from + random.between(3 * minute, 10 * minute), () => {
        world.outage = undefined;
      });
      return;
    }
    case 'crashes':
      for (let count = 0; count < 6; count += 1) {
        timeline.at(within(25), () => {
          for (const process of processes()) {
            die(process);
          }
        });
      }
      return;
    case 'outsider':
      for (let count = 0; count < 4; count += 1) {
        const group = random.pick(containerGroups);
        const kind = random.pick(['stop', 'stop', 'put', 'delete'] as const);
        const at = within(20);
        timeline.at(at, () => arm.interfere(kind, group, baseGroup(group)));
        if (kind === 'delete') {
          timeline.at(at + random.between(5_000, 5 * minute), () => {
            if (arm.lifeOf(resourceIdOf(group).toLowerCase()) === undefined) {
              arm.put(baseGroup(group));
            }
          });
        }
      }
      return;
    default:
  }
}
