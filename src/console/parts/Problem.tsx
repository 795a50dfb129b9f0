import { parseContainerGroupId } from '../../aci/containerGroupId.ts';
import { ApiError, whatToDo } from '../api/apiError.ts';
import { fragmentOf } from '../place.ts';

type ProblemProps = {
  error: unknown;
  /** Where a run that is in the way is found. */
  group?: string | undefined;
  /** Whether nobody who listens is to be interrupted: what is around it says it in its turn. */
  isQuiet?: boolean;
};

/** An error with Azure's code and message, what is wrong in detail, and what to do. */
export function Problem({ error, group, isQuiet = false }: ProblemProps) {
  const role = isQuiet ? undefined : 'alert';
  if (!(error instanceof ApiError)) {
    return (
      <div class="problem" role={role}>
        <p>{error instanceof Error ? error.message : String(error)}</p>
        <p>Check the connection and try again.</p>
      </div>
    );
  }
  const { code, message, status } = error;
  const details = error.details.filter((detail) => detail.message !== message); // of one fault the message is the error's own
  const id = group === undefined ? undefined : parseContainerGroupId(group);
  return (
    <div class="problem" role={role}>
      <p>
        <strong>{code}</strong> <span class="quiet">({status})</span>
      </p>
      {message !== '' && <p>{message}</p>}
      {details.length > 0 && (
        <ul>
          {details.map((detail) => (
            <li key={`${detail.target} ${detail.message}`}>
              {detail.code === 'Run' && id ? (
                <a href={fragmentOf({ view: 'run', group: id, runId: detail.target })}>
                  The run that holds the group
                </a>
              ) : (
                <>
                  <code>{detail.target}</code> {detail.message}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <p>{whatToDo(error)}</p>
    </div>
  );
}
