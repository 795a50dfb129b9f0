import type { Step } from '../runs/timeline.ts';
import { Time } from './Time.tsx';

/** A run's life, step by step. */
export function Timeline({ steps }: { steps: readonly Step[] }) {
  return (
    <ol class="timeline" aria-label="The life of the run">
      {steps.map(({ name, state, tone, at, words }, index) => (
        <li key={index} class={`${state} ${tone ?? ''}`} aria-current={state === 'now' ? 'step' : undefined}>
          <span class="step">{name}</span>
          {at !== undefined && <Time at={at} />}
          <span class="words">{words}</span>
        </li>
      ))}
    </ol>
  );
}
