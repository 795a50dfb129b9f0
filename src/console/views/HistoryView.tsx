import { parseContainerGroupId } from '../../aci/containerGroupId.ts';
import type { JobList } from '../api/answers.ts';
import { groupOf, groupPath, jobPath } from '../api/paths.ts';
import type { HistoryFilter } from '../history/historyFilter.ts';
import { useHistory } from '../hooks/useHistory.ts';
import { goTo } from '../hooks/usePlace.ts';
import { usePolled } from '../hooks/usePolled.ts';
import { Heading } from '../parts/Heading.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { Problem } from '../parts/Problem.tsx';
import { RunTable } from '../parts/RunTable.tsx';
import { useSession } from '../session.ts';
import { HistoryFilters } from './HistoryFilters.tsx';

/** So many runs are on the page at a time, however many there are. */
const ofPage = 50;

/** Runs of the past, by job, status and time. */
export function HistoryView({ filter }: { filter: HistoryFilter }) {
  const { api } = useSession();
  const jobs = usePolled('jobs', (signal) => api.get<JobList>('jobs', signal));
  return (
    <>
      <Heading>History</Heading>
      <Loaded of={jobs} what="the jobs">
        {({ value }) => (
          <>
            <HistoryFilters
              filter={filter}
              jobs={value.map(({ name }) => name)}
              onChange={(to) => goTo({ view: 'history', ...to, page: 0 })}
            />
            <Runs
              filter={filter}
              paths={pathsOf(
                filter,
                value.map(({ name }) => name),
              )}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

function pathsOf({ job, group }: HistoryFilter, jobs: readonly string[]): string[] {
  if (group !== undefined) {
    return parseContainerGroupId(group) ? [`${groupPath(groupOf(group))}/runs`] : [];
  }
  return (job === undefined ? jobs : [job]).map((name) => `${jobPath(name)}/runs`);
}

function Runs({ filter, paths }: { filter: HistoryFilter; paths: readonly string[] }) {
  const { page } = filter;
  const { read, isReading, error, readOn, refresh } = useHistory(paths, filter, (page + 1) * ofPage + 1);
  const first = page * ofPage;
  const shown = read.found.slice(first, first + ofPage);
  const turnTo = (to: number) => goTo({ view: 'history', ...filter, page: to });
  const hasMore = read.found.length > first + ofPage;
  return (
    <>
      <div class="heading" aria-live="polite">
        <p class="quiet">{summary({ first, shown: shown.length, read, isReading })}</p>
        <button type="button" class="quiet-button" onClick={refresh}>
          Refresh
        </button>
      </div>
      {error !== undefined && (
        <>
          <Problem error={error} />
          <button type="button" onClick={readOn}>
            Try again
          </button>
        </>
      )}
      {shown.length > 0 && <RunTable runs={shown} caption="Runs, newest first" />}
      {shown.length === 0 && !isReading && error === undefined && (
        <p class="empty">{read.isComplete ? 'There is no run like that.' : 'None of these is like that.'}</p>
      )}
      <nav class="pages" aria-label="Pages">
        {page > 0 && (
          <button type="button" class="quiet-button" onClick={() => turnTo(page - 1)}>
            Newer
          </button>
        )}
        {hasMore && (
          <button type="button" class="quiet-button" onClick={() => turnTo(page + 1)}>
            Older
          </button>
        )}
        {!hasMore && !read.isComplete && !isReading && error === undefined && (
          <button type="button" class="quiet-button" onClick={readOn}>
            Look at 1,000 more
          </button>
        )}
      </nav>
    </>
  );
}

type Shown = {
  first: number;
  shown: number;
  read: ReturnType<typeof useHistory>['read'];
  isReading: boolean;
};

function summary({ first, shown, read, isReading }: Shown): string {
  const range = shown === 0 ? 'No run' : `Runs ${number(first + 1)} to ${number(first + shown)}`;
  const found = `of ${number(read.found.length)} that fit, in the ${number(read.read)} newest`;
  return `${range} ${found}.${isReading ? ' Reading…' : read.isComplete ? '' : ' There are more.'}`;
}

function number(count: number): string {
  return count.toLocaleString('en');
}
