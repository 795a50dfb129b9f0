import { useState } from 'preact/hooks';
import type { JobDetails, ShownRun } from '../api/answers.ts';
import type { Api } from '../api/api.ts';
import { ApiError } from '../api/apiError.ts';
import { groupOf, jobPath } from '../api/paths.ts';
import { useIdempotencyKey } from '../hooks/useIdempotencyKey.ts';
import { goTo } from '../hooks/usePlace.ts';
import { rerunBody, type Secret } from '../launch/rerunBody.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useSession } from '../session.ts';

type RerunDialogProps = { run: ShownRun; path: string; onClose: () => void };

/** Starts the same run again, and asks for what was secret of it, which nobody keeps. */
export function RerunDialog({ run, path, onClose }: RerunDialogProps) {
  const { api, announce } = useSession();
  const [sending, setSending] = useState<{ isUnderWay: boolean; error?: unknown }>({ isUnderWay: false });
  const [secrets, setSecrets] = useState<readonly Secret[]>(() =>
    run.env.filter(({ secure }) => secure).map(({ container, name }) => ({ container, name, value: '' })),
  );
  const [callbackUrl, setCallbackUrl] = useState('');
  const [hasCallback, setHasCallback] = useState(false);
  const underKey = useIdempotencyKey();

  const rerun = async () => {
    setSending({ isUnderWay: true });
    try {
      const shared = secrets.length > 0 ? await sharedContainer(api, run) : undefined;
      const body = rerunBody(secrets, hasCallback ? callbackUrl : undefined, shared);
      const again = await underKey(body, (headers) => api.post<ShownRun>(`${path}/rerun`, body, { headers }));
      announce('The run has begun again.');
      onClose();
      goTo({ view: 'run', group: groupOf(again.containerGroup), runId: again.id });
    } catch (error) {
      setHasCallback((before) => before || asksForCallback(error));
      setSending({ isUnderWay: false, error });
    }
  };

  return (
    <Dialog title="Run this again?" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void rerun();
        }}
      >
        <p>A new run with the same variables and settings.</p>
        {secrets.length > 0 && (
          <p class="help">What was secret is kept only until a run is over. Give it again:</p>
        )}
        {secrets.map((secret, index) => (
          <div class="field" key={`${secret.container} ${secret.name}`}>
            <label for={`secret-${index}`}>
              {secret.name} <span class="quiet">{secret.container}</span>
            </label>
            <input
              id={`secret-${index}`}
              type="password"
              autocomplete="off"
              value={secret.value}
              onInput={({ currentTarget: { value } }) =>
                setSecrets(secrets.map((each) => (each === secret ? { ...each, value } : each)))
              }
            />
          </div>
        ))}
        {hasCallback && (
          <div class="field">
            <label for="callback">Callback URL</label>
            <input
              id="callback"
              type="password"
              autocomplete="off"
              aria-describedby="callback-help"
              value={callbackUrl}
              onInput={(event) => setCallbackUrl(event.currentTarget.value)}
            />
            <p id="callback-help" class="help">
              Leave it empty for no callback.
            </p>
          </div>
        )}
        {sending.error !== undefined && <Problem error={sending.error} group={run.containerGroup} />}
        <div class="buttons">
          <button type="button" class="quiet-button" onClick={onClose}>
            Not now
          </button>
          <button type="submit" disabled={sending.isUnderWay}>
            {sending.isUnderWay ? 'Starting…' : 'Run again'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** The container that shared variables go to: the job's own, else the only one that there is. */
async function sharedContainer(api: Api, { job, containers, tasks }: ShownRun): Promise<string | undefined> {
  const details =
    job === undefined ? undefined : await api.get<JobDetails>(jobPath(job), new AbortController().signal);
  const [only, ...others] = tasks?.[0]?.containers ?? containers;
  return details?.container ?? (others.length === 0 ? only?.name : undefined);
}

function asksForCallback(error: unknown): boolean {
  return error instanceof ApiError && error.details.some(({ target }) => target === '/callbackUrl');
}
