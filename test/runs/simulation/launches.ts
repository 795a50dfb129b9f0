import { resourceIdOf } from '../../../src/aci/containerGroupId.ts';
import { groupOfTask, type RunRecord, type Task } from '../../../src/runs/runRecord.ts';
import type { Launched, Outside } from './armModel.ts';
import type { Simulation } from './simulation.ts';

/** The launches of a task that got through. */
export function launchesOf({ arm }: Simulation, run: RunRecord, { name }: Task): Launched[] {
  return arm.launched.filter(({ mark, group }) => mark.runId === run.id && group.endsWith(`/${name}`));
}

/** What the first container of a run exits with, launch by launch or restart by restart. */
export function exitsOf({ requestOf }: Simulation, run: RunRecord): number[] {
  const { env = {} } = requestOf.get(run.id)?.asked.overrides ?? {};
  return String(env['EXITS']).split(',').map(Number);
}

/** How often a run is launched whose containers decide, with the exit code of the last time. */
export function scriptOf(simulation: Simulation, run: RunRecord): { launches: number; exit: number } {
  const exits = exitsOf(simulation, run);
  const at = (index: number) => exits[Math.min(index, exits.length - 1)] ?? 0;
  let launches = 1;
  while (at(launches - 1) !== 0 && launches <= (run.maxRetries ?? 0)) {
    launches += 1;
  }
  return { launches, exit: at(launches - 1) };
}

/** What somebody else did to a task's group while its run was there. */
export function outsideOf({ arm, endedAt }: Simulation, run: RunRecord, task: Task): Outside[] {
  const key = resourceIdOf(groupOfTask(run, task)).toLowerCase();
  const until = endedAt.get(run.id) ?? Number.POSITIVE_INFINITY;
  return arm.outside.filter(({ group, at }) => group === key && at <= until);
}

/** Whether the run's own doubts are part of its end: something could not be stopped, or seen. */
export function isDoubtful({ end }: Pick<Task, 'end'>): boolean {
  return end?.error?.message.includes('could not be stopped') ?? false;
}
