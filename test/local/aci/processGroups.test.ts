import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { readProcessGroups, readStat } from '../../../local/aci/metrics/processGroups.ts';
import { until } from '../../until.ts';

let child: ChildProcess | undefined;
afterEach(() => {
  if (child?.pid !== undefined) {
    process.kill(-child.pid, 'SIGKILL');
  }
  child = undefined;
});

describe('the line of /proc/PID/stat', () => {
  test('tells the group, and the time of the process and of those that it waited for', () => {
    expect(readStat('12 (node) S 1 10 10 0 -1 4194560 5 6 7 8 100 20 3 1 20 0 7 0 99')).toEqual({
      group: 10,
      cpuMs: 1_240,
    });
  });

  test.each(['a) S 1 99 (b', ') 1 2 3 4', 'x y', '(('])('is read by its last parenthesis: %j', (name) => {
    expect(readStat(`12 (${name}) S 1 10 10 0 -1 4194560 5 6 7 8 1 1 1 1 20 0`)).toEqual({
      group: 10,
      cpuMs: 40,
    });
  });

  test('of a process that is gone is of no group', () => {
    expect(readStat('').group).toBeNaN();
  });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('a group uses what its processes do, those that they have started too', async () => {
    const inner = 'const held = Buffer.alloc(64 * 1024 * 1024, 1); setInterval(() => held, 1000)';
    child = spawn('sh', ['-c', '"$0" -e "$1" & wait', process.execPath, inner], {
      detached: true,
      stdio: 'ignore',
    });
    const { pid = 0 } = child;

    const usage = await until(() => {
      const found = readProcessGroups(new Set([pid])).get(pid);
      return found && found.memoryBytes > 64 * 1024 * 1024 && found;
    });
    expect(usage.cpuMs).toBeGreaterThanOrEqual(0);
    expect(usage.cpuMs % 10).toBe(0);
  });

  test('nothing is said of a group that is not there', () => {
    expect(readProcessGroups(new Set([2 ** 31 - 1]))).toEqual(new Map());
  });
});
