import type { ShownRun } from '../api/answers.ts';
import { stripOf } from '../runs/strip.ts';
import { useSession } from '../session.ts';

/** The last runs as a strip: a bar each, the newest at the right, as high as it took long. */
export function Strip({ runs }: { runs: readonly ShownRun[] }) {
  const { now } = useSession();
  const { marks, words } = stripOf(runs, now);
  return (
    <span class="strip" role="img" aria-label={words}>
      {marks.map(({ id, outcome, height, words }) => (
        <span key={id} class={`mark ${outcome.tone}`} title={words}>
          <span class="bar" style={{ height: `${Math.round(height * 100)}%` }} />
        </span>
      ))}
    </span>
  );
}
