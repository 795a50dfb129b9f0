import type { RunStatus } from '../../runs/run.ts';

/** How a status looks: a sign and a word, never a colour alone. */
export type Outcome = { tone: 'good' | 'bad' | 'off' | 'busy' | 'waiting'; sign: string; word: string };

const outcomes: Record<RunStatus, Outcome> = {
  Succeeded: { tone: 'good', sign: '✓', word: 'Succeeded' },
  Failed: { tone: 'bad', sign: '✕', word: 'Failed' },
  Canceled: { tone: 'off', sign: '–', word: 'Canceled' },
  Running: { tone: 'busy', sign: '▸', word: 'Running' },
  NotStarted: { tone: 'waiting', sign: '…', word: 'Not started' },
};

/** ACI's states of a group that mean the same as a run's status. */
const groupTones: Record<string, Pick<Outcome, 'tone' | 'sign'>> = {
  Pending: outcomes.NotStarted,
  Stopped: outcomes.Canceled,
  Creating: outcomes.NotStarted,
  Updating: outcomes.NotStarted,
  Terminated: outcomes.Canceled,
  Waiting: outcomes.NotStarted,
};

/** @param status of a run, or a state of a group or container; an unknown one is shown as it is. */
export function outcomeOf(status: string): Outcome {
  if (Object.hasOwn(outcomes, status)) {
    return outcomes[status as RunStatus];
  }
  const tone = Object.hasOwn(groupTones, status) ? groupTones[status] : undefined;
  return { tone: tone?.tone ?? 'off', sign: tone?.sign ?? '·', word: status };
}
