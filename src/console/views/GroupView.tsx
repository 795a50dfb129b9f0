import { type ContainerGroupId, resourceIdOf } from '../../aci/containerGroupId.ts';
import type { GroupDetails, GroupEvent } from '../api/answers.ts';
import { groupPath, portalUrl } from '../api/paths.ts';
import { usePolled } from '../hooks/usePolled.ts';
import { Heading } from '../parts/Heading.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { Status } from '../parts/Status.tsx';
import { Time } from '../parts/Time.tsx';
import { fragmentOf } from '../place.ts';
import { useSession } from '../session.ts';

/** One container group: its state, its containers with their variables, secure ones masked, and what Azure tells of it. */
export function GroupView({ group }: { group: ContainerGroupId }) {
  const { api } = useSession();
  const path = groupPath(group);
  const details = usePolled(path, (signal) => api.get<GroupDetails>(path, signal));
  return (
    <>
      <div class="heading">
        <Heading>{group.name}</Heading>
        <div class="tools">
          <button type="button" class="quiet-button" onClick={details.refresh}>
            Refresh
          </button>
          <a class="quiet-button" href={fragmentOf({ view: 'history', group: resourceIdOf(group), page: 0 })}>
            Its runs
          </a>
          <a class="quiet-button" href={portalUrl(resourceIdOf(group))} target="_blank" rel="noreferrer">
            Azure portal
          </a>
        </div>
      </div>
      <Loaded of={details} what="the group">
        {(value) => <Details value={value} group={group} />}
      </Loaded>
    </>
  );
}

function Details({ value, group }: { value: GroupDetails; group: ContainerGroupId }) {
  const { run, containers, events = [] } = value;
  const all = [...events, ...containers.flatMap((container) => container.events ?? [])];
  return (
    <>
      <dl class="facts">
        <dt>State</dt>
        <dd>
          <Status status={value.state ?? value.provisioningState ?? 'Unknown'} />
        </dd>
        <dt>Provisioning</dt>
        <dd>{value.provisioningState}</dd>
        <dt>Location</dt>
        <dd>{value.location}</dd>
        <dt>Restart policy</dt>
        <dd>{value.restartPolicy}</dd>
        <dt>Resource group</dt>
        <dd>{group.resourceGroup}</dd>
        <dt>Subscription</dt>
        <dd>
          <code>{group.subscriptionId}</code>
        </dd>
        {run && (
          <>
            <dt>Its run</dt>
            <dd>
              <a class="plain" href={fragmentOf({ view: 'run', group, runId: run.id })}>
                <Status status={run.status} />
              </a>
            </dd>
          </>
        )}
      </dl>
      <h2>Containers</h2>
      {containers.map((container) => (
        <Container key={container.name} container={container} />
      ))}
      <h2>Events</h2>
      <Events events={all} />
    </>
  );
}

function Container({ container }: { container: GroupDetails['containers'][number] }) {
  const { name, image, state, exitCode, restartCount = 0, environmentVariables = [] } = container;
  return (
    <section class="card" aria-label={`Container ${name}`}>
      <h3>
        {name} <span class="quiet">{image}</span>
      </h3>
      <p>
        {state === undefined ? <span class="quiet">No state yet</span> : <Status status={state} />}
        {exitCode !== undefined && <> with exit code {exitCode}</>}
        {restartCount > 0 && <>, restarted {restartCount} times</>}
      </p>
      {environmentVariables.length > 0 && (
        <details>
          <summary>{environmentVariables.length} variables</summary>
          <dl class="facts variables">
            {environmentVariables.map((variable) => (
              <div key={variable.name}>
                <dt>
                  <code>{variable.name}</code>
                </dt>
                <dd>
                  {variable.value === undefined ? (
                    <span class="quiet">{variable.secureValueReference ?? 'secure: not shown'}</span>
                  ) : (
                    <code>{variable.value}</code>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

function Events({ events }: { events: readonly GroupEvent[] }) {
  if (events.length === 0) {
    return <p class="empty">Azure tells of none.</p>;
  }
  return (
    <ul class="events">
      {events.map(({ name, message, count, lastTimestamp, type }, index) => (
        <li key={index}>
          <strong>{name}</strong> {type === 'Warning' && <span class="status bad">Warning</span>} {message}
          <span class="under">
            {lastTimestamp !== undefined && <Time at={lastTimestamp} />}
            {count !== undefined && count > 1 && <> · {count} times</>}
          </span>
        </li>
      ))}
    </ul>
  );
}
