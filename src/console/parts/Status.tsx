import { outcomeOf } from '../runs/outcome.ts';

/** A status as a sign and a word. */
export function Status({ status }: { status: string }) {
  const { tone, sign, word } = outcomeOf(status);
  return (
    <span class={`status ${tone}`}>
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      {word}
    </span>
  );
}
