import type { Change } from '../api/answers.ts';
import type { Planned } from '../hooks/usePlan.ts';
import { Problem } from './Problem.tsx';

const actions: Record<Change['action'], string> = { set: 'sets', remove: 'takes away', restore: 'puts back' };

/** What a launch would change in the group, secrets masked. */
export function PlanOf({
  planned: { plan, error, isAsking },
  isSendable,
}: {
  planned: Planned;
  isSendable: boolean;
}) {
  if (!isSendable) {
    return <p class="empty">Something in the form cannot be sent yet.</p>;
  }
  return (
    <div aria-live="polite" aria-busy={isAsking}>
      {error !== undefined && <Problem error={error} isQuiet />}
      {plan === undefined && error === undefined && <p class="quiet">Asking…</p>}
      {plan?.changes.length === 0 && <p class="quiet">Nothing: the group runs as it is.</p>}
      {plan && plan.changes.length > 0 && (
        <ul class="changes">
          {plan.changes.map(({ property, action, after }) => (
            <li key={`${action} ${property}`} class={action}>
              <span class="action">{actions[action] ?? action}</span> <code class="property">{property}</code>
              {after !== undefined && (
                <code class="after">{typeof after === 'string' ? after : JSON.stringify(after)}</code>
              )}
            </li>
          ))}
        </ul>
      )}
      {plan?.warnings.map((warning) => (
        <p key={warning} class="warning">
          {warning}
        </p>
      ))}
    </div>
  );
}
