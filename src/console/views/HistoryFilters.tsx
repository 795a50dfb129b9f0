import type { RunStatus } from '../../runs/run.ts';
import { groupOf } from '../api/paths.ts';
import { type HistoryFilter, type Span, statuses } from '../history/historyFilter.ts';
import { outcomeOf } from '../runs/outcome.ts';

type HistoryFiltersProps = {
  filter: HistoryFilter;
  jobs: readonly string[];
  onChange: (filter: HistoryFilter) => void;
};

const spanWords: Record<Span, string> = {
  hour: 'the last hour',
  day: 'the last 24 hours',
  week: 'the last 7 days',
  month: 'the last 30 days',
};

/** What to look for: job, status, time. */
export function HistoryFilters({ filter, jobs, onChange }: HistoryFiltersProps) {
  const { job, group, status, within, from, to } = filter;
  const change = (changed: { [Name in keyof HistoryFilter]?: string | undefined }) =>
    onChange(
      Object.fromEntries(
        Object.entries({ ...filter, ...changed }).filter(([, value]) => value),
      ) as HistoryFilter,
    );
  const time = from !== undefined || to !== undefined ? 'days' : (within ?? '');
  const today = new Date().toISOString().slice(0, 10);
  return (
    <form class="filters" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
      {group === undefined ? (
        <label>
          Job
          <select value={job ?? ''} onChange={(event) => change({ job: event.currentTarget.value })}>
            <option value="">all jobs</option>
            {jobs.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      ) : (
        <p class="chip">
          Group {groupOf(group).name}{' '}
          <button type="button" class="quiet-button" onClick={() => change({ group: undefined })}>
            All jobs instead
          </button>
        </p>
      )}
      <label>
        Status
        <select value={status ?? ''} onChange={(event) => change({ status: event.currentTarget.value })}>
          <option value="">any status</option>
          <option value="open">not over</option>
          {statuses.map((each: RunStatus) => (
            <option key={each} value={each}>
              {outcomeOf(each).word}
            </option>
          ))}
        </select>
      </label>
      <label>
        Time
        <select
          value={time}
          onChange={({ currentTarget: { value } }) =>
            change(
              value === 'days'
                ? { within: undefined, from: today, to: today }
                : { within: value, from: undefined, to: undefined },
            )
          }
        >
          <option value="">any time</option>
          {Object.entries(spanWords).map(([span, words]) => (
            <option key={span} value={span}>
              {words}
            </option>
          ))}
          <option value="days">these days…</option>
        </select>
      </label>
      {time === 'days' && (
        <>
          <label>
            From
            <input
              type="date"
              value={from ?? ''}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
          </label>
          <label>
            To
            <input
              type="date"
              value={to ?? ''}
              onChange={(event) => change({ to: event.currentTarget.value })}
            />
          </label>
        </>
      )}
    </form>
  );
}
