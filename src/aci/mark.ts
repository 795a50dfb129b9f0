import type { ContainerGroupDocument } from './document.ts';
import { isObject } from './json.ts';
import { updateParents } from './propertyPaths.ts';

/** What tells a run's group from one that anybody else wrote: two variables that every container of it holds. */
export type Mark = {
  runId: string;
  /** From 1, counting the launches of one run. */
  attempt: number;
};

const runIdName = 'RUN_ID';
const attemptName = 'RUN_ATTEMPT';
const markNames = [runIdName, attemptName];

/** Which of a run's tasks a copy of its group is for. */
export type Task = {
  /** From 0. */
  taskIndex: number;
  taskCount: number;
};

const taskIndexName = 'RUN_TASK_INDEX';
const taskCountName = 'RUN_TASK_COUNT';
const taskNames = [taskIndexName, taskCountName];

/** A variable that the launcher itself sets. */
export type LauncherVariable = [name: string, value: string];

/** Names that only the launcher may set. Windows does not tell upper from lower case, so neither does this. */
export function isReservedName(name: string): boolean {
  return [...markNames, ...taskNames].includes(name.toUpperCase());
}

/** The variables that carry the mark. */
export function markVariables({ runId, attempt }: Mark): LauncherVariable[] {
  return [
    [runIdName, runId],
    [attemptName, String(attempt)],
  ];
}

/** The variables that tell a container which task it is. */
export function taskVariables({ taskIndex, taskCount }: Task): LauncherVariable[] {
  return [
    [taskIndexName, String(taskIndex)],
    [taskCountName, String(taskCount)],
  ];
}

/** The mark that a group carries: undefined unless every container of it holds the same one. */
export function readMark({ properties }: ContainerGroupDocument): Mark | undefined {
  const marks = properties.containers.map(({ properties: { environmentVariables } }) => {
    const valueFor = (name: string) =>
      environmentVariables?.find((variable) => variable.name === name)?.value;
    return { runId: valueFor(runIdName), attempt: valueFor(attemptName) };
  });
  const [first] = marks;
  if (
    !first?.runId ||
    marks.some(({ runId, attempt }) => runId !== first.runId || attempt !== first.attempt)
  ) {
    return undefined;
  }
  const attempt = Number(first.attempt);
  return Number.isSafeInteger(attempt) && attempt > 0 ? { runId: first.runId, attempt } : undefined;
}

/**
 * A document without the mark that its containers carry, as one that ARM answered does, and without a copy's task. Variables
 * that only look like half of either are left, to be refused. Takes any JSON.
 */
export function withoutMark<Document extends object>(document: Document): Document {
  return ['containers', 'initContainers'].reduce(
    (rest, member) =>
      updateParents(rest, `properties.${member}[].properties.environmentVariables`, (parent, variables) => {
        const list = parent[variables];
        if (!Array.isArray(list)) {
          return parent;
        }
        const others = list.filter((variable) => !isOurs(variable));
        return isWhole(list.filter(isOurs)) ? { ...parent, [variables]: others } : parent;
      }),
    document,
  );
}

function isOurs(variable: unknown): boolean {
  return isObject(variable) && [...markNames, ...taskNames].some((name) => name === variable['name']);
}

/** Whether these are all the variables of a mark, or of a mark and a task, each once. */
function isWhole(variables: readonly unknown[]): boolean {
  const names = variables.filter(isObject).map((variable) => variable['name']);
  return [markNames, [...markNames, ...taskNames]].some(
    (whole) => whole.length === names.length && whole.every((name) => names.includes(name)),
  );
}
