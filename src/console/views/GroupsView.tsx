import { useRef } from 'preact/hooks';
import type { GroupList, JobList } from '../api/answers.ts';
import type { Api } from '../api/api.ts';
import { usePolled } from '../hooks/usePolled.ts';
import { GroupLink } from '../parts/GroupLink.tsx';
import { Heading } from '../parts/Heading.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { Status } from '../parts/Status.tsx';
import { fragmentOf } from '../place.ts';
import { useSession } from '../session.ts';

/** So many groups at a time: each costs a call to Azure. */
const atATime = 100;

type Groups = GroupList & { jobsOf: ReadonlyMap<string, readonly string[]> };

/** Every container group that the app can see, with its state and the jobs that it is behind. */
export function GroupsView() {
  const { api } = useSession();
  const wantsMore = useRef(false);
  const groups = usePolled('groups', async (signal, before: Groups | undefined): Promise<Groups> => {
    const isMore = wantsMore.current && before?.nextLink !== undefined;
    const query = isMore ? new URL(before.nextLink ?? '', location.href).search : `?top=${atATime}`;
    const { value, nextLink, errors = [] } = await api.get<GroupList>(`azure/containers${query}`, signal);
    wantsMore.current = false; // not before: what failed is asked for again as it was
    return {
      value: isMore ? [...before.value, ...value] : value,
      errors: isMore ? [...(before.errors ?? []), ...errors] : errors,
      ...(nextLink !== undefined && { nextLink }),
      jobsOf: isMore ? before.jobsOf : await jobsByGroup(api, signal),
    };
  });
  const refresh = () => {
    wantsMore.current = false;
    groups.refresh();
  };
  const showMore = () => {
    wantsMore.current = true;
    groups.refresh();
  };
  return (
    <>
      <div class="heading">
        <Heading>Container groups</Heading>
        <div class="tools">
          <button type="button" class="quiet-button" onClick={refresh}>
            Refresh
          </button>
        </div>
      </div>
      <Loaded of={groups} what="the groups of every subscription">
        {(value) => (
          <>
            <Refused errors={value.errors ?? []} />
            <GroupTable groups={value} />
            {value.nextLink !== undefined && (
              <button type="button" disabled={groups.isLoading} onClick={showMore}>
                Show {atATime} more
              </button>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

/** The names of the jobs behind each group, by its id in small letters, for ARM ignores case. */
async function jobsByGroup(api: Api, signal: AbortSignal): Promise<Groups['jobsOf']> {
  const { value } = await api.get<JobList>('jobs', signal);
  const byGroup = Map.groupBy(value, ({ containerGroup }) => containerGroup.toLowerCase());
  return new Map([...byGroup].map(([id, jobs]) => [id, jobs.map(({ name }) => name)]));
}

function Refused({ errors }: { errors: NonNullable<GroupList['errors']> }) {
  if (errors.length === 0) {
    return null;
  }
  return (
    <div class="problem" role="alert">
      <p>Not everything could be listed:</p>
      <ul>
        {errors.map(({ code, message, subscriptionId }) => (
          <li key={`${subscriptionId} ${code}`}>
            <strong>{code}</strong> {subscriptionId} {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function GroupTable({ groups: { value, jobsOf } }: { groups: Groups }) {
  if (value.length === 0) {
    return <p class="empty">There is no container group that this app's identity can see.</p>;
  }
  return (
    <table class="cards">
      <caption class="unseen">Container groups</caption>
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col">State</th>
          <th scope="col">Image</th>
          <th scope="col">Where</th>
          <th scope="col">Jobs</th>
        </tr>
      </thead>
      <tbody>
        {value.map(({ id, name, status, image, containers, resourceGroup, location }) => (
          <tr key={id}>
            <th scope="row" data-label="Group" aria-label={name}>
              <GroupLink id={id} />
            </th>
            <td data-label="State">
              <Status status={status} />
            </td>
            <td data-label="Image">
              <code>{image}</code>
              {containers.length > 1 && <span class="under">and {containers.length - 1} more</span>}
            </td>
            <td data-label="Where">
              {resourceGroup}
              <span class="under">{location}</span>
            </td>
            <td data-label="Jobs">
              <Jobs names={jobsOf.get(id.toLowerCase()) ?? []} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Jobs({ names }: { names: readonly string[] }) {
  if (names.length === 0) {
    return <span class="quiet">none</span>;
  }
  return (
    <>
      {names.map((name, index) => (
        <>
          {index > 0 && ', '}
          <a href={fragmentOf({ view: 'job', job: name })}>{name}</a>
        </>
      ))}
    </>
  );
}
