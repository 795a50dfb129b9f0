import type { Run } from '../../runs/run.ts';
import { duration } from '../words/duration.ts';
import { ranFor } from './lengths.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

type Known = Pick<Run, 'id' | 'status' | 'createdAt' | 'startedAt' | 'finishedAt'>;

/** One run of a strip. */
export type Mark = {
  id: string;
  outcome: Outcome;
  /** From 0.25 to 1, by how long it took among the others. */
  height: number;
  words: string;
};

/** The last runs as a strip, the newest last, and the same in words. @param runs newest first. */
export function stripOf(runs: readonly Known[], now: number): { marks: Mark[]; words: string } {
  const longest = Math.max(1, ...runs.map((run) => ranFor(run, now) ?? 0));
  const marks = runs.toReversed().map((run): Mark => {
    const took = ranFor(run, now);
    const outcome = outcomeOf(run.status);
    return {
      id: run.id,
      outcome,
      height: Math.max(0.25, Math.sqrt((took ?? 0) / longest)), // roots, so that one long run does not hide the rest
      words: `${outcome.word}, ${new Date(run.createdAt).toLocaleString('en-GB')}${took === undefined ? '' : `, took ${duration(took)}`}`,
    };
  });
  const counts = Map.groupBy(runs, ({ status }) => outcomeOf(status).word);
  const counted = [...counts].map(([word, { length }]) => `${length} ${word.toLowerCase()}`).join(', ');
  return { marks, words: runs.length === 0 ? 'No runs yet' : `Last ${runs.length} runs: ${counted}` };
}
