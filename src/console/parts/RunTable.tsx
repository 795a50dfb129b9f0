import type { ShownRun } from '../api/answers.ts';
import { groupOf } from '../api/paths.ts';
import { fragmentOf } from '../place.ts';
import { ranFor } from '../runs/lengths.ts';
import { useSession } from '../session.ts';
import { duration } from '../words/duration.ts';
import { Status } from './Status.tsx';
import { Time } from './Time.tsx';

type RunTableProps = { runs: readonly ShownRun[]; caption: string; isOfOneJob?: boolean };

/** Runs with their status, when they were asked for, and how long they took, at a glance and in words. */
export function RunTable({ runs, caption, isOfOneJob = false }: RunTableProps) {
  const { now } = useSession();
  const longest = Math.max(1, ...runs.map((run) => ranFor(run, now) ?? 0));
  return (
    <table class="cards">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Status</th>
          {!isOfOneJob && <th scope="col">Job</th>}
          <th scope="col">Asked</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} took={ranFor(run, now)} longest={longest} isOfOneJob={isOfOneJob} />
        ))}
      </tbody>
    </table>
  );
}

type RunRowProps = { run: ShownRun; took: number | undefined; longest: number; isOfOneJob: boolean };

function RunRow({ run, took, longest, isOfOneJob }: RunRowProps) {
  const group = groupOf(run.containerGroup);
  return (
    <tr>
      <th scope="row" data-label="Run">
        <a href={fragmentOf({ view: 'run', group, runId: run.id })}>
          <code>{shortId(run.id)}</code>
          <span class="unseen"> {run.id}</span>
        </a>
      </th>
      <td data-label="Status">
        <Status status={run.status} /> <span class="quiet reason">{run.reason}</span>
      </td>
      {!isOfOneJob && (
        <td data-label="Job">
          {run.job === undefined ? (
            <span class="quiet">{group.name}, without a job</span>
          ) : (
            <a href={fragmentOf({ view: 'job', job: run.job })}>{run.job}</a>
          )}
        </td>
      )}
      <td data-label="Asked">
        <Time at={run.createdAt} />
      </td>
      <td data-label="Took" class={took === undefined ? 'took none' : 'took'}>
        {took === undefined ? (
          <span class="quiet">–</span>
        ) : (
          <>
            <span class="length" aria-hidden="true">
              <span style={{ width: `${Math.max(1, (took / longest) * 100)}%` }} />
            </span>
            <span class="number">{duration(took)}</span>
          </>
        )}
      </td>
    </tr>
  );
}

/** The end of a run's id: its start is the time, and nearly the same for all. */
export function shortId(id: string): string {
  return id.slice(-8);
}
