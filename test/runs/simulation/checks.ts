import { resourceIdOf } from '../../../src/aci/containerGroupId.ts';
import type { ContainerGroupDocument } from '../../../src/aci/document.ts';
import { ArmError, LauncherError } from '../../../src/aci/errors.ts';
import { readMark } from '../../../src/aci/mark.ts';
import type { Head } from '../../../src/runs/head.ts';
import { intervals } from '../../../src/runs/life/intervals.ts';
import { groupOfTask, type RunRecord } from '../../../src/runs/runRecord.ts';
import { partitionOf } from '../../../src/runs/store/keys.ts';
import type { RowChange } from '../../../src/runs/store/rows.ts';
import { mainAt } from './containerLife.ts';
import { isDoubtful } from './launches.ts';
import type { Process } from './process.ts';
import { headOf, type Simulation, storedRuns } from './simulation.ts';
import { containerGroups } from './workload.ts';

type Write = 'put' | 'stop';

/** Only the run that holds a group writes to it, and of a run's copies no more run at once than it asked for. */
export function checkWrite(simulation: Simulation, group: string, kind: Write): void {
  const id = containerGroups.find(({ name }) => group.endsWith(`/${name}`));
  if (id === undefined) {
    checkParallelism(simulation, group, kind);
    return;
  }
  const current = headOf(simulation.table, partitionOf(id))?.current;
  const holder = storedRuns(simulation).find((run) => run.id === current);
  const phase = holder?.tasks[0]?.phase;
  if (kind === 'stop' ? phase !== 'ending' : phase !== 'launching') {
    simulation.violations.push(`a ${kind} reached '${id.name}' while its holder ${current} was ${phase}`);
  }
}

function checkParallelism(simulation: Simulation, group: string, kind: Write): void {
  const { arm, violations, requestOf, now } = simulation;
  const run = kind === 'put' ? runOfGroup(simulation, group) : undefined;
  const others = run?.tasks.map((task) => resourceIdOf(groupOfTask(run, task)).toLowerCase()) ?? [];
  const active = others.filter((other) => {
    const life = other === group ? undefined : arm.lifeOf(other);
    const isStopped = life?.stoppedAt !== undefined && life.stoppedAt <= now();
    return life && !isStopped && ['Waiting', 'Running'].includes(mainAt(life, now()).current.state ?? '');
  });
  const most = run && requestOf.get(run.id)?.asked.parallelism;
  if (run && most !== undefined && active.length >= most) {
    violations.push(`parallelism: ${active.length + 1} copies of run ${run.id} ran at once, not ${most}`);
  }
}

/** A write is sent early enough for its answer to come before its claim is over, by the clock of whoever sends it. */
export function checkSend(simulation: Simulation, group: string, kind: Write, process: Process): void {
  const run = runOfGroup(simulation, group);
  const claim = run?.tasks.find((task) => group.endsWith(`/${task.name}`))?.claim;
  if (claim && process.clock.now() > claim.until - intervals.armCall) {
    simulation.violations.push(`claim: a ${kind} was sent to ${group} too late for its claim`);
  }
}

/** The run that may write a group now: the one that holds it, or whose copy it is. */
function runOfGroup(simulation: Simulation, group: string): RunRecord | undefined {
  const id = containerGroups.find(({ name }) => group.endsWith(`/${name}`));
  const current = id && headOf(simulation.table, partitionOf(id))?.current;
  return storedRuns(simulation).find((run) =>
    id ? run.id === current : run.tasks.some(({ name }) => group.endsWith(`/${name}`)),
  );
}

/** What a commit tells: who came to the group and who got it, and how runs are and end. */
export function noteCommit(simulation: Simulation, partition: string, changes: readonly RowChange[]): void {
  noteHead(simulation, partition);
  for (const { key, value } of changes) {
    if (key.startsWith('run-')) {
      const run = value as unknown as RunRecord;
      checkEnd(simulation, run);
      checkSameEnd(simulation, run);
      simulation.runs.set(run.id, run);
    }
  }
}

/** A run goes only once it was over for as long as runs are kept. */
export function checkDelete(simulation: Simulation, rows: readonly Record<string, unknown>[]): void {
  for (const run of rows as unknown as RunRecord[]) {
    const slack = 3_000; // clocks differ
    const isOld =
      (run.finishedAt ?? Number.POSITIVE_INFINITY) < simulation.now() - simulation.retention + slack;
    if (!run.end || run.duties.length > 0 || !isOld) {
      simulation.violations.push(`sweep: run ${run.id} was removed before its time`);
    }
    simulation.swept.add(run.id);
  }
}

/** A run that is over leaves nothing running, unless it says so. */
function checkEnd(simulation: Simulation, run: RunRecord): void {
  const { arm, violations, endedAt, now } = simulation;
  if (run.end && !endedAt.has(run.id)) {
    endedAt.set(run.id, now());
  }
  for (const task of run.end && run.duties.length > 0 ? run.tasks : []) {
    const group = resourceIdOf(groupOfTask(run, task)).toLowerCase();
    const mark = arm.lifeOf(group) && readMark(arm.lifeOf(group)?.document as ContainerGroupDocument);
    if (mark?.runId === run.id && arm.isRunning(group, now()) && !isDoubtful(task)) {
      violations.push(`run ${run.id} ended as ${run.end?.reason} while '${task.name}' ran`);
    }
  }
}

/** An end that was stored stays what it is. */
function checkSameEnd({ runs, violations }: Simulation, run: RunRecord): void {
  for (const task of runs.get(run.id)?.tasks ?? []) {
    const reason = run.tasks[task.index]?.end?.reason;
    if (task.end && task.end.reason !== reason) {
      violations.push(`run ${run.id} had ended as ${task.end.reason}, and then as ${reason}`);
    }
  }
}

function noteHead({ table, entered, handovers, now }: Simulation, partition: string): void {
  const head: Head = headOf(table, partition) ?? { queue: [] };
  const known = entered.get(partition) ?? [];
  const ids = [...(head.current === undefined ? [] : [head.current]), ...head.queue];
  entered.set(partition, [...known, ...ids.filter((id) => !known.includes(id))]);
  if (head.current !== undefined && !handovers.has(head.current)) {
    handovers.set(head.current, now());
  }
}

/** Errors that the product raises on purpose are answers; anything else is a fault of its own. */
export function noteOurFault(simulation: Simulation, error: unknown): void {
  if (!(error instanceof LauncherError || error instanceof ArmError)) {
    simulation.violations.push(`a fault of our own: ${(error as Error).stack ?? error}`);
  }
}
