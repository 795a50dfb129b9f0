import { useMemo, useState } from 'preact/hooks';
import type { JobDetails, ShownRun } from '../api/answers.ts';
import { ApiError, ConnectionLost } from '../api/apiError.ts';
import { groupOf, jobPath } from '../api/paths.ts';
import { useIdempotencyKey } from '../hooks/useIdempotencyKey.ts';
import { goTo } from '../hooks/usePlace.ts';
import { usePlan } from '../hooks/usePlan.ts';
import { curlLine, hasSecrets } from '../launch/curlLine.ts';
import { fieldsOf } from '../launch/fields.ts';
import { type FormFault, type FormValues, initialValues, requestBodyOf } from '../launch/requestBody.ts';
import { CopyLine } from '../parts/CopyLine.tsx';
import { Fields } from '../parts/Fields.tsx';
import { PlanOf } from '../parts/PlanOf.tsx';
import { Problem } from '../parts/Problem.tsx';
import { proofOf, useSession } from '../session.ts';

/** The form that starts a run of a job, with the plan and the same call as a curl line beside it. */
export function LaunchForm({ details }: { details: JobDetails }) {
  const session = useSession();
  const { api, announce } = session;
  const { variables, options } = useMemo(() => fieldsOf(details.contract), [details.contract]);
  const [values, setValues] = useState<FormValues>(() => initialValues([...variables, ...options]));
  const { body, faults } = requestBodyOf([...variables, ...options], values);
  const text = JSON.stringify(body);
  // What is secret leaves the page when somebody says so, and not while it is typed.
  const [askedFor, setAskedFor] = useState<string>();
  const isHeldBack = hasSecrets(body) && askedFor !== text;
  const planned = usePlan(details.name, faults.length > 0 || isHeldBack ? undefined : body);
  const [launch, setLaunch] = useState<{ isSending: boolean; error?: unknown }>({ isSending: false });
  const underKey = useIdempotencyKey();
  const all = [...faults, ...faultsOf(launch.error ?? planned.error)];
  const change = (to: FormValues) => {
    setValues(to);
    setLaunch(({ isSending }) => ({ isSending })); // what is under way stays so
  };

  const start = async () => {
    setLaunch({ isSending: true });
    try {
      const run = await underKey(body, (headers) =>
        api.post<ShownRun>(`${jobPath(details.name)}/runs`, body, { headers }),
      );
      announce(`A run of ${details.name} has begun.`);
      goTo({ view: 'run', group: groupOf(run.containerGroup), runId: run.id });
    } catch (error) {
      setLaunch({ isSending: false, error });
    }
  };

  return (
    <div class="launch">
      <form
        aria-label={`Start ${details.name}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!launch.isSending && faults.length === 0) {
            void start();
          }
        }}
      >
        <h2>Start a run</h2>
        <Fields fields={variables} values={values} faults={all} onChange={change} />
        {variables.length === 0 && <p class="empty">It takes no variables.</p>}
        {options.length > 0 && (
          <details>
            <summary>More: {options.map(({ label }) => label).join(', ')}</summary>
            <Fields fields={options} values={values} faults={all} onChange={change} />
          </details>
        )}
        <button type="submit" disabled={launch.isSending}>
          {launch.isSending ? 'Starting…' : 'Start the run'}
        </button>
        {launch.error !== undefined && <Problem error={launch.error} group={details.containerGroup} />}
        {launch.error instanceof ConnectionLost && (
          <p class="help">
            Whether it has begun nobody knows yet. Starting it again is safe: it is the same call, and runs
            once.
          </p>
        )}
      </form>
      <aside aria-label="What it would do">
        <h2>What it would change</h2>
        {isHeldBack && faults.length === 0 ? (
          <button type="button" class="quiet-button" onClick={() => setAskedFor(text)}>
            Show the plan, and send the app what is secret for it
          </button>
        ) : (
          <PlanOf planned={planned} isSendable={faults.length === 0} />
        )}
        <h2>The same by curl</h2>
        <CopyLine
          label="The same call as a curl line"
          line={curlLine(`${location.origin}/api/${jobPath(details.name)}/runs`, body, proofOf(session))}
        />
      </aside>
    </div>
  );
}

function faultsOf(error: unknown): FormFault[] {
  return error instanceof ApiError
    ? error.details.map(({ target, message }) => ({ target: target.replace(/^#/, ''), message }))
    : [];
}
