import type { RunningProcess } from '../life/containerLife.ts';
import type { GroupLife } from '../life/groupLife.ts';
import type { ProcessGroupUsage } from './processGroups.ts';
import { createUsageHistory, type UsageHistory } from './usageHistory.ts';

/** The CPU time of a process is known to 10 ms: over less than this a rate of it would be made up. */
const leastMs = 1_000;

export type MeteredGroup = { id: string; life: Pick<GroupLife, 'processes'> };

export type Meter = {
  /** Looks at what runs now; costs nothing while nothing does. */
  measure(): void;
  history: Pick<UsageHistory, 'of'>;
};

/**
 * Measures what containers use whenever it is told to.
 * @param groups all that there are: what was used is counted from one look to the next.
 * @param read what process groups use, by their ids; nothing of those that cannot be measured.
 * @param now milliseconds since 1970.
 */
export function createMeter(
  groups: () => readonly MeteredGroup[],
  read: (processGroups: ReadonlySet<number>) => Map<number, ProcessGroupUsage>,
  now: () => number,
): Meter {
  const history = createUsageHistory();
  let last = new Map<number, RunningProcess & { at: number; cpuMs: number }>();

  return {
    history,
    measure() {
      const processes = groups().flatMap(({ id, life }) =>
        life.processes().map((process) => ({ ...process, group: id.toLowerCase() })),
      );
      const usages =
        processes.length > 0 ? read(new Set(processes.map(({ pid }) => pid))) : new Map<number, never>();
      const at = now();
      const measured: typeof last = new Map();
      for (const { group, container, pid, startedAt } of processes) {
        const usage = usages.get(pid);
        if (!usage) {
          continue;
        }
        history.add(group, container, 'MemoryUsage', at, usage.memoryBytes);
        const known = last.get(pid);
        // A process starts with nothing used; an id may be used again.
        const before = known?.startedAt === startedAt ? known : { pid, startedAt, at: startedAt, cpuMs: 0 };
        const elapsedMs = at - before.at;
        if (elapsedMs >= leastMs) {
          const millicores = (Math.max(0, usage.cpuMs - before.cpuMs) / elapsedMs) * 1_000;
          history.add(group, container, 'CpuUsage', at, millicores);
          measured.set(pid, { pid, startedAt, at, cpuMs: usage.cpuMs });
        } else {
          measured.set(pid, before);
        }
      }
      last = measured;
    },
  };
}
