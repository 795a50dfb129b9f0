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

/** Names that only the mark may set. Windows does not tell upper from lower case, so neither does this. */
export function isReservedName(name: string): boolean {
  return [runIdName, attemptName].includes(name.toUpperCase());
}

/** The variables that carry the mark. */
export function markVariables({ runId, attempt }: Mark): [name: string, value: string][] {
  return [
    [runIdName, runId],
    [attemptName, String(attempt)],
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
 * A document without the mark that its containers carry, as one that ARM answered does. Variables that only look like half a mark are
 * left, to be refused. Takes any JSON.
 */
export function withoutMark<Document extends object>(document: Document): Document {
  return ['containers', 'initContainers'].reduce(
    (rest, member) =>
      updateParents(rest, `properties.${member}[].properties.environmentVariables`, (parent, variables) => {
        const list = parent[variables];
        const others = Array.isArray(list) ? list.filter((variable) => !isMarkVariable(variable)) : [];
        return Array.isArray(list) && list.length - others.length === 2
          ? { ...parent, [variables]: others }
          : parent;
      }),
    document,
  );
}

function isMarkVariable(variable: unknown): boolean {
  return isObject(variable) && (variable['name'] === runIdName || variable['name'] === attemptName);
}
