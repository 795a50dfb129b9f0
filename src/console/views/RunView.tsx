import { useEffect, useRef, useState } from 'preact/hooks';
import { type ContainerGroupId, resourceIdOf } from '../../aci/containerGroupId.ts';
import { isOver } from '../../runs/run.ts';
import type { ShownRun } from '../api/answers.ts';
import { portalUrl, runPath } from '../api/paths.ts';
import { useNow } from '../hooks/useNow.ts';
import { usePolled } from '../hooks/usePolled.ts';
import { Containers } from '../parts/Containers.tsx';
import { GroupLink } from '../parts/GroupLink.tsx';
import { Heading } from '../parts/Heading.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { Logs } from '../parts/Logs.tsx';
import { shortId } from '../parts/RunTable.tsx';
import { Status } from '../parts/Status.tsx';
import { Tasks } from '../parts/Tasks.tsx';
import { Timeline } from '../parts/Timeline.tsx';
import { fragmentOf } from '../place.ts';
import { nextLookMs } from '../polling.ts';
import { timelineOf } from '../runs/timeline.ts';
import { mayOperate, useSession } from '../session.ts';
import { meaningOf } from '../words/reasons.ts';
import { CancelDialog } from './CancelDialog.tsx';
import { RerunDialog } from './RerunDialog.tsx';

type RunViewProps = { group: ContainerGroupId; runId: string };

/** One run: its life as a timeline, its containers or tasks, what they print, and what can be done about it. */
export function RunView({ group, runId }: RunViewProps) {
  const { api } = useSession();
  const path = runPath(group, runId);
  const run = usePolled(
    path,
    (signal) => api.get<ShownRun>(path, signal),
    (value) => (isOver(value) ? undefined : nextLookMs(Date.now() - Date.parse(value.createdAt))),
  );
  return (
    <>
      <div class="heading">
        <Heading>
          Run <code title={runId}>{shortId(runId)}</code>
        </Heading>
        {run.value && <Actions run={run.value} path={path} group={group} refresh={run.refresh} />}
      </div>
      <Loaded of={run} what="the run">
        {(value) => <Details run={value} path={path} />}
      </Loaded>
    </>
  );
}

type ActionsProps = { run: ShownRun; path: string; group: ContainerGroupId; refresh: () => void };

function Actions({ run, path, group, refresh }: ActionsProps) {
  const { whoami } = useSession();
  const [asked, setAsked] = useState<'cancel' | 'rerun'>();
  const close = () => setAsked(undefined);
  const may = mayOperate(whoami, run);
  return (
    <div class="tools">
      {may && !isOver(run) && (
        <button type="button" class="quiet-button danger" onClick={() => setAsked('cancel')}>
          Cancel…
        </button>
      )}
      {may && isOver(run) && (
        <button type="button" class="quiet-button" onClick={() => setAsked('rerun')}>
          Run again…
        </button>
      )}
      <a class="quiet-button" href={portalUrl(resourceIdOf(group))} target="_blank" rel="noreferrer">
        Azure portal
      </a>
      {asked === 'cancel' && <CancelDialog path={path} onClose={close} onCanceled={refresh} />}
      {asked === 'rerun' && <RerunDialog run={run} path={path} onClose={close} />}
    </div>
  );
}

function Details({ run, path }: { run: ShownRun; path: string }) {
  const over = isOver(run);
  const now = useNow(over ? undefined : 1_000);
  const [task, setTask] = useState(0);
  useSpoken(run);
  const chosen = run.tasks?.find(({ index }) => index === task);
  return (
    <>
      <p class="lead">
        <Status status={run.status} /> <span>{meaningOf(run.reason) || run.reason}</span>
        <span class="under">
          {run.job !== undefined && (
            <>
              job <a href={fragmentOf({ view: 'job', job: run.job })}>{run.job}</a> ·{' '}
            </>
          )}
          group <GroupLink id={run.containerGroup} /> · mode {run.mode} · <code>{run.id}</code>
        </span>
      </p>
      {run.error && (
        <div class="problem" role="alert">
          <p>
            <strong>{run.error.code}</strong>
          </p>
          <p>{run.error.message}</p>
        </div>
      )}
      {run.warnings.map((warning) => (
        <p key={warning} class="warning">
          {warning}
        </p>
      ))}
      <Timeline steps={timelineOf(run, now)} />
      {run.tasks && <Tasks tasks={run.tasks} chosen={task} onChoose={setTask} />}
      <Containers containers={chosen?.containers ?? run.containers} of={run.tasks && `task ${task}`} />
      <Logs
        key={task}
        path={path}
        task={run.tasks && task}
        containers={(chosen?.containers ?? run.containers).map(({ name }) => name)}
        isOver={over}
      />
      <Variables run={run} />
    </>
  );
}

/** Says each change of a run's status to who listens. */
function useSpoken({ status, reason }: ShownRun): void {
  const { announce } = useSession();
  const before = useRef(`${status} ${reason}`);
  useEffect(() => {
    const now = `${status} ${reason}`;
    if (before.current !== now) {
      before.current = now;
      announce(`The run: ${status}. ${meaningOf(reason)}`);
    }
  }, [status, reason, announce]);
}

function Variables({ run: { env } }: { run: ShownRun }) {
  if (env.length === 0) {
    return null;
  }
  return (
    <>
      <h2>Variables of this run</h2>
      <dl class="facts variables">
        {env.map(({ container, name, value, secure }) => (
          <div key={`${container} ${name}`}>
            <dt>
              <code>{name}</code> <span class="quiet">{container}</span>
            </dt>
            <dd>
              {secure ? (
                <span class="quiet">secure: not shown</span>
              ) : value === undefined ? (
                <span class="quiet">taken away</span>
              ) : (
                <code>{value}</code>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
