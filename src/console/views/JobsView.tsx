import { isOver } from '../../runs/run.ts';
import type { JobList, JobSummary, RunList, ShownRun } from '../api/answers.ts';
import { groupOf, jobPath } from '../api/paths.ts';
import { usePolled } from '../hooks/usePolled.ts';
import { GroupLink } from '../parts/GroupLink.tsx';
import { Heading } from '../parts/Heading.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { Status } from '../parts/Status.tsx';
import { Strip } from '../parts/Strip.tsx';
import { Time } from '../parts/Time.tsx';
import { fragmentOf } from '../place.ts';
import { nextLookMs } from '../polling.ts';
import { ranFor } from '../runs/lengths.ts';
import { mayLaunch, useSession } from '../session.ts';
import { duration } from '../words/duration.ts';

const ofStrip = 20;

/** Every job: its last runs, when it last ran and how long that took, and the way to start it. */
export function JobsView() {
  const { api } = useSession();
  const jobs = usePolled('jobs', (signal) => api.get<JobList>('jobs', signal));
  return (
    <>
      <div class="heading">
        <Heading>Jobs</Heading>
        <div class="tools">
          <button type="button" class="quiet-button" onClick={jobs.refresh}>
            Refresh
          </button>
        </div>
      </div>
      <Loaded of={jobs} what="the jobs">
        {({ value }) =>
          value.length === 0 ? (
            <p class="empty">
              No job is set up. A job is a container group with a name and a contract: name one in{' '}
              <code>jobs.json</code>, or by the settings ACI_SUBSCRIPTION_ID, ACI_RESOURCE_GROUP and
              ACI_CONTAINER_GROUP.
            </p>
          ) : (
            <JobTable jobs={value} />
          )
        }
      </Loaded>
    </>
  );
}

function JobTable({ jobs }: { jobs: readonly JobSummary[] }) {
  return (
    <table class="cards">
      <caption class="unseen">Jobs and their last runs</caption>
      <thead>
        <tr>
          <th scope="col">Job</th>
          <th scope="col">Last run</th>
          <th scope="col">Last runs</th>
          <th scope="col">Took</th>
          <th scope="col">
            <span class="unseen">Start</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <JobRow key={job.name} job={job} />
        ))}
      </tbody>
    </table>
  );
}

function JobRow({ job }: { job: JobSummary }) {
  const { api, whoami, now } = useSession();
  const runs = usePolled(
    job.name,
    (signal) => api.get<RunList>(`${jobPath(job.name)}/runs?top=${ofStrip}`, signal),
    ({ value }) => {
      const open = value.filter((run) => !isOver(run));
      return open.length === 0 ? undefined : nextLookMs(Date.now() - Date.parse(open[0]?.createdAt ?? ''));
    },
  );
  const value = runs.value?.value;
  const last = value?.[0];
  const took = last && ranFor(last, now);
  return (
    <tr>
      <th scope="row" data-label="Job">
        <a class="name" href={fragmentOf({ view: 'job', job: job.name })}>
          {job.name}
        </a>
        <span class="under">
          group <GroupLink id={job.containerGroup} />
          {job.schedule !== undefined && (
            <>
              {' '}
              · on schedule <code>{job.schedule}</code>
            </>
          )}
        </span>
      </th>
      <td data-label="Last run">
        <LastRun run={last} isKnown={value !== undefined} hasFailed={runs.error !== undefined} />
      </td>
      <td data-label="Last runs" class={last ? 'marks' : 'none'}>
        {value && value.length > 0 ? <Strip runs={value} /> : <span class="quiet">–</span>}
      </td>
      <td data-label="Took" class={took === undefined ? 'none' : 'number'}>
        {took === undefined ? <span class="quiet">–</span> : duration(took)}
      </td>
      <td class="actions">
        {mayLaunch(whoami, job.name) && (
          <a
            class="button small"
            href={fragmentOf({ view: 'job', job: job.name })}
            aria-label={`Start ${job.name}`}
          >
            Start…
          </a>
        )}
      </td>
    </tr>
  );
}

function LastRun({
  run,
  isKnown,
  hasFailed,
}: {
  run: ShownRun | undefined;
  isKnown: boolean;
  hasFailed: boolean;
}) {
  if (run === undefined) {
    return <span class="quiet">{isKnown ? 'never ran' : hasFailed ? 'cannot be read' : '…'}</span>;
  }
  return (
    <>
      <a class="plain" href={fragmentOf({ view: 'run', group: groupOf(run.containerGroup), runId: run.id })}>
        <Status status={run.status} />
      </a>
      <span class="under">
        <Time at={run.createdAt} />
      </span>
    </>
  );
}
