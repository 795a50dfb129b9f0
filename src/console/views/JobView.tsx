import { isOver } from '../../runs/run.ts';
import type { JobDetails, RunList } from '../api/answers.ts';
import { jobPath } from '../api/paths.ts';
import { usePolled } from '../hooks/usePolled.ts';
import { GroupLink } from '../parts/GroupLink.tsx';
import { Heading } from '../parts/Heading.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { RunTable } from '../parts/RunTable.tsx';
import { fragmentOf } from '../place.ts';
import { nextLookMs } from '../polling.ts';
import { mayLaunch, useSession } from '../session.ts';
import { LaunchForm } from './LaunchForm.tsx';

const ofList = 10;

/** One job: a form to start it, with what that would change, and its last runs. */
export function JobView({ job }: { job: string }) {
  const { api, whoami } = useSession();
  const details = usePolled(job, (signal) => api.get<JobDetails>(jobPath(job), signal));
  return (
    <>
      <div class="heading">
        <Heading>{job}</Heading>
        <div class="tools">
          <a class="quiet-button" href={fragmentOf({ view: 'history', job, page: 0 })}>
            History
          </a>
        </div>
      </div>
      <Loaded of={details} what="the job">
        {(value) => (
          <>
            <p class="lead">
              Runs container group <GroupLink id={value.containerGroup} />
              {value.container !== undefined && (
                <>
                  , its container <code>{value.container}</code>
                </>
              )}
              {value.schedule !== undefined && (
                <>
                  , on schedule <code>{value.schedule}</code> (UTC)
                </>
              )}
              . When one runs already: <code>{value.ifRunning}</code>.
            </p>
            {mayLaunch(whoami, job) ? (
              <LaunchForm details={value} />
            ) : (
              <p class="empty">Your app roles do not let you start this job.</p>
            )}
          </>
        )}
      </Loaded>
      <h2>Last runs</h2>
      <LastRuns job={job} />
    </>
  );
}

function LastRuns({ job }: { job: string }) {
  const { api } = useSession();
  const runs = usePolled(
    job,
    (signal) => api.get<RunList>(`${jobPath(job)}/runs?top=${ofList}`, signal),
    ({ value }) => (value.some((run) => !isOver(run)) ? nextLookMs(Number.POSITIVE_INFINITY) : undefined),
  );
  return (
    <Loaded of={runs} what="the last runs">
      {({ value }) =>
        value.length === 0 ? (
          <p class="empty">It has not run yet.</p>
        ) : (
          <RunTable runs={value} caption={`Last runs of ${job}`} isOfOneJob />
        )
      }
    </Loaded>
  );
}
