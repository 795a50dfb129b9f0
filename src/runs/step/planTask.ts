import { planCopy } from '../../aci/clone/planCopy.ts';
import type { ContainerGroupDocument } from '../../aci/document.ts';
import { LauncherError } from '../../aci/errors.ts';
import { type Mark, readMark } from '../../aci/mark.ts';
import type { AppliedOverrides } from '../../aci/plan/appliedOverrides.ts';
import { planLaunch } from '../../aci/plan/planLaunch.ts';
import type { Secret } from '../../aci/plan/secrets.ts';
import { takeBack } from '../../aci/plan/takeBack.ts';
import { RunTooLarge } from '../errors.ts';
import type { AppliedLaunch } from '../head.ts';
import { startsOf } from '../life/observeGroup.ts';
import type { Launch, RunRecord, Task } from '../runRecord.ts';
import { launchesFit } from '../store/fits.ts';
import type { RequestedChanges } from '../store/storedRequest.ts';

/** A launch that only has to be written down and sent. */
export type PlannedLaunch = {
  task: Task;
  document: ContainerGroupDocument;
  lastStarts: Launch['lastStarts'];
  /** What it replaces in the group, which only a copy has not. */
  applied?: AppliedOverrides;
  warnings: string[];
};

/** The job that the run is of is not in the jobs file any more: nobody knows the secrets that its launch needs. */
export class JobGone extends LauncherError {
  readonly code = 'JobNotFound';

  constructor(job: string) {
    super(`Job '${job}' is not in the jobs file any more, and the launch needs what it says.`);
    this.name = 'JobGone';
  }
}

/**
 * Plans the next launch of a task. Pure.
 * @param live the group that the run is of, as GET answered it.
 * @param copy the task's own group in mode clone, when it is there already.
 * @param launches what the last launches of the group replaced.
 * @throws as `planLaunch` and `planCopy`.
 */
export function planTask(
  run: RunRecord,
  task: Task,
  live: ContainerGroupDocument,
  copy: ContainerGroupDocument | undefined,
  { overrides, tags }: RequestedChanges,
  launches: readonly AppliedLaunch[],
  secrets: readonly Secret[],
): PlannedLaunch {
  const base = withoutOverrides(live, launches);
  const request = {
    overrides,
    container: run.container,
    mark: { runId: run.id, attempt: task.attempt + 1 },
    ...(tags && { tags }),
  };
  if (run.mode === 'clone') {
    const { document, warnings } = planCopy(
      base,
      { ...request, taskIndex: task.index, taskCount: run.tasks.length },
      secrets,
    );
    return { task, document, warnings, lastStarts: copy ? startsOf(copy) : {} };
  }
  const { document, applied, warnings } = planLaunch(base, request, secrets);
  return { task, document, applied, warnings, lastStarts: startsOf(live) };
}

/** The group without the overrides of the run whose mark it carries, as far as they are known. */
export function withoutOverrides(
  live: ContainerGroupDocument,
  launches: readonly AppliedLaunch[],
): ContainerGroupDocument {
  const last = launches.find(isOf(readMark(live)));
  return last ? takeBack(live, last.applied) : live;
}

/**
 * Whether the group carries the mark of a launch that these do not hold. Each is stored before its PUT is sent, so they were read before that,
 * unless it was forgotten.
 */
export function isUnknownLaunch(live: ContainerGroupDocument, launches: readonly AppliedLaunch[]): boolean {
  const mark = readMark(live);
  return mark !== undefined && !launches.some(isOf(mark));
}

function isOf(mark: Mark | undefined): (launch: AppliedLaunch) => boolean {
  return ({ runId, attempt }) => runId === mark?.runId && attempt === mark.attempt;
}

/** So many launches are remembered: the one that the group carries, and those that may or may not have got through. */
const mostLaunches = 4;

/**
 * What is remembered of a group's launches once one more may be sent. The one whose mark the group still carries is kept, for
 * the new one may never get through.
 * @throws RunTooLarge
 */
export function rememberLaunch(
  launches: readonly AppliedLaunch[],
  live: ContainerGroupDocument,
  launch: AppliedLaunch,
): AppliedLaunch[] {
  const others = launches.filter(
    ({ runId, attempt }) => runId !== launch.runId || attempt !== launch.attempt,
  );
  const carried = others.filter(isOf(readMark(live)));
  const rest = others.filter((each) => !carried.includes(each));
  const remembered = [launch, ...carried, ...rest].slice(0, mostLaunches);
  // The oldest go first where all of them have no room: they matter only to a look that is older still.
  while (remembered.length > 1 + carried.length && !launchesFit(remembered)) {
    remembered.pop();
  }
  if (!launchesFit(remembered)) {
    throw new RunTooLarge('what it replaces in the group has no room in a row of the table');
  }
  return remembered;
}
