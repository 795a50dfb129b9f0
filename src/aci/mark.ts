import type { ContainerGroupDocument } from './document.ts';

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
