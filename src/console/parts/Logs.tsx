import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Logs as Answer } from '../api/answers.ts';
import { ApiError } from '../api/apiError.ts';
import { usePolled } from '../hooks/usePolled.ts';
import { useSession } from '../session.ts';
import { Loaded } from './Loaded.tsx';

/** So many of the last lines are shown. */
const mostLines = 2_000;

const everyMs = 2_000;

type LogsProps = { path: string; task: number | undefined; containers: readonly string[]; isOver: boolean };

/** What a run's containers print, as it comes. */
export function Logs({ path, task, containers, isOver }: LogsProps) {
  const id = useId();
  const [asked, setAsked] = useState<string>();
  const container = asked !== undefined && containers.includes(asked) ? asked : containers[0];
  return (
    <section aria-labelledby={`${id}-title`}>
      <div class="heading">
        <h2 id={`${id}-title`}>Logs{task !== undefined && ` of task ${task}`}</h2>
        {containers.length > 1 && (
          <label class="inline">
            Container
            <select value={container} onChange={(event) => setAsked(event.currentTarget.value)}>
              {containers.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
      </div>
      {container === undefined ? (
        <p class="empty">
          {isOver ? 'No container has started, so there are none.' : 'No container has started yet.'}
        </p>
      ) : (
        <LogsOf key={container} path={path} task={task} container={container} isOver={isOver} />
      )}
    </section>
  );
}

function LogsOf({ path, task, container, isOver }: Omit<LogsProps, 'containers'> & { container: string }) {
  const { api } = useSession();
  const query = new URLSearchParams({
    container,
    tail: String(mostLines),
    ...(task !== undefined && { task: String(task) }),
  });
  const logs = usePolled(
    `${path} ${query}`,
    async (signal) => {
      const isLast = isOver; // as it was when they were asked for
      try {
        return { isLast, content: (await api.get<Answer>(`${path}/logs?${query}`, signal)).content };
      } catch (error) {
        if (error instanceof ApiError && error.code === 'LogsNotFound') {
          return { isLast, none: error.message };
        }
        throw error;
      }
    },
    ({ isLast }) => (isLast ? undefined : everyMs),
  );
  return (
    <Loaded of={logs} what="the logs">
      {({ content, none }) =>
        content ? (
          <Lines text={content} container={container} />
        ) : (
          <p class="empty">{none ?? 'Nothing is printed yet.'}</p>
        )
      }
    </Loaded>
  );
}

/** Text as it is, which follows its end as long as somebody looks at the end. */
function Lines({ text, container }: { text: string; container: string }) {
  const element = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    if (element.current && follows.current) {
      element.current.scrollTop = element.current.scrollHeight;
    }
  }, [text]);
  return (
    <pre
      ref={element}
      class="logs"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label={`Logs of ${container}`}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {text}
    </pre>
  );
}
