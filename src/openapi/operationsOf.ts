import type { Job } from '../jobs/job.ts';
import type { DescribedApp, DescribedFunction, Method, Words } from './model.ts';
import { appOperations } from './operations/app.ts';
import { containerGroupOperations } from './operations/containerGroups.ts';
import { jobOperations } from './operations/jobs.ts';
import { runOperations } from './operations/runs.ts';

/** One operation of an app: where it is, and what there is to say of it. */
export type Operation = {
  function: DescribedFunction;
  method: Method;
  /** Below `/api`, as in `/jobs/nightly/runs`. */
  path: string;
  operationId: string;
  words: Words;
};

const plainOperations: Record<string, Words> = {
  ...appOperations,
  ...containerGroupOperations,
  ...runOperations,
};

/** What no client calls: the page and its files, and what answers 404 for jobs that there are not. */
const notDescribed = [
  'show-console',
  'show-console-file',
  'unknown-hook',
  'unknown-job-runs',
  'unknown-job-trigger',
];

/**
 * The operations of an app, in the order of its route table. What a route does for every job is there for each of them, with its name in
 * the path: a path without a parameter hides one with it (OpenAPI 3.1.1, Path Templating Matching), and launches have such paths.
 * @throws Error for a function that nothing is said of.
 */
export function operationsOf(app: DescribedApp): Operation[] {
  const jobs = [...app.jobs.values()];
  return app.functions
    .filter(({ name }) => !notDescribed.includes(name))
    .flatMap((own) => own.methods.flatMap((method, index) => operationsFor(own, method, index > 0, jobs)));
}

function operationsFor(
  own: DescribedFunction,
  method: Method,
  isBeside: boolean,
  jobs: readonly Job[],
): Operation[] {
  const { name, route } = own;
  const idOf = (kind: string, job?: Job) =>
    `${isBeside ? inPascal(method.toLowerCase()) : ''}${inPascal(kind)}${job ? `_${job.name.replaceAll('-', '_')}` : ''}`;
  const ofJob = (job: Job, kind: string) => {
    const words = jobOperations[`${method} ${kind}`]?.(job);
    const path = `/${route.replace('{job}', job.name)}`;
    return words && { function: own, method, path, operationId: idOf(kind, job), words };
  };
  const plain = plainOperations[`${method} ${name}`];
  if (plain) {
    return [{ function: own, method, path: `/${route}`, operationId: idOf(name), words: plain }];
  }
  const found = route.includes('{job}')
    ? jobs.map((job) => ofJob(job, name))
    : jobs
        .filter((job) => name.endsWith(`-${job.name}`))
        .map((job) => ofJob(job, name.slice(0, -job.name.length - 1)));
  const operations = found.filter((operation) => operation !== undefined);
  const isOfNone = route.includes('{job}') && jobs.length === 0;
  if (operations.length === 0 && !isOfNone) {
    throw new Error(`Nothing is said of ${method} ${name}.`);
  }
  return operations;
}

/** `show-run` as `ShowRun`. */
function inPascal(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
