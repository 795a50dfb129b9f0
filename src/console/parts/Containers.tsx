import type { RunContainer } from '../../runs/run.ts';
import { outcomeOf } from '../runs/outcome.ts';
import { Status } from './Status.tsx';

type ContainersProps = { containers: readonly RunContainer[]; of: string | undefined };

/** The containers of a run, with their exit codes. */
export function Containers({ containers, of }: ContainersProps) {
  if (containers.length === 0) {
    return null;
  }
  return (
    <>
      <h2>Containers{of !== undefined && ` of ${of}`}</h2>
      <ul class="containers">
        {containers.map((container) => (
          <li key={container.name} class="card">
            <strong>{container.name}</strong>
            <Ended container={container} />
            {container.restartCount > 0 && (
              <span class="quiet">restarted {container.restartCount} times</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Ended({ container: { state, exitCode, detailStatus } }: { container: RunContainer }) {
  if (exitCode === undefined) {
    return <Status status={state} />;
  }
  const { tone, sign } = outcomeOf(exitCode === 0 ? 'Succeeded' : 'Failed');
  return (
    <span class={`status ${tone}`}>
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      exit code {exitCode}
      {detailStatus !== undefined && <span class="quiet"> {detailStatus}</span>}
    </span>
  );
}
