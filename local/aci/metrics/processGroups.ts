import { readdirSync, readFileSync } from 'node:fs';

/** What the processes of one group use together. */
export type ProcessGroupUsage = {
  /** Since they started, those that they have waited for included. */
  cpuMs: number;
  /** Resident; pages that several share count for each of them. */
  memoryBytes: number;
};

/** A tick of utime and its like: USER_HZ, 100 to the second on all that Linux still runs on (proc_pid_stat(5)). */
const tickMs = 10;

/**
 * Looks at what these process groups use, in /proc.
 * @returns nothing of a group that is gone, and nothing at all where there is no such /proc: on Windows and macOS.
 */
export function readProcessGroups(wanted: ReadonlySet<number>): Map<number, ProcessGroupUsage> {
  const groups = new Map<number, ProcessGroupUsage>();
  for (const pid of processIds()) {
    const stat = read(pid, 'stat');
    const { group, cpuMs } = readStat(stat);
    if (wanted.has(group)) {
      const known = groups.get(group) ?? { cpuMs: 0, memoryBytes: 0 };
      groups.set(group, {
        cpuMs: known.cpuMs + cpuMs,
        memoryBytes: known.memoryBytes + residentBytes(read(pid, 'status')),
      });
    }
  }
  return groups;
}

/** A process's group and the time it has taken, from its /proc/PID/stat; its name, in parentheses, may hold anything. */
export function readStat(stat: string): { group: number; cpuMs: number } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).map(Number); // utime, stime, cutime, cstime
  return { group: Number(fields[2]), cpuMs: ticks.reduce((sum, each) => sum + each, 0) * tickMs };
}

function residentBytes(status: string): number {
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

function processIds(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // it has just ended
  }
}
