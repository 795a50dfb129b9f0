import { isOver, type Run } from '../../runs/run.ts';
import { duration } from '../words/duration.ts';
import { meaningOf } from '../words/reasons.ts';
import { outcomeOf } from './outcome.ts';

/** One step of a run's life. */
export type Step = {
  name: 'Asked' | 'Waited' | 'Waiting' | 'Launched' | 'Running' | 'Ran' | 'Ended' | 'End';
  state: 'done' | 'now' | 'later';
  tone?: 'good' | 'bad' | 'off';
  /** When, RFC 3339. */
  at?: string;
  words: string;
};

/** A run's life as steps: asked, waiting and why, launched, running, ended. @param now milliseconds since 1970. */
export function timelineOf(run: Run, now: number): Step[] {
  return [asked(run), waiting(run, now), launched(run), running(run, now), ended(run)];
}

function asked({ createdAt, startedBy }: Run): Step {
  const who = startedBy.principal?.name ?? startedBy.principal?.appId;
  return {
    name: 'Asked',
    state: 'done',
    at: createdAt,
    words: who === undefined ? `by ${startedBy.via}` : `by ${who}, ${startedBy.via}`,
  };
}

function waiting(run: Run, now: number): Step {
  const { createdAt, startedAt, finishedAt, reason, error } = run;
  if (startedAt === undefined && !isOver(run)) {
    const why = meaningOf(reason) || reason;
    const words = `${duration(now - Date.parse(createdAt))} so far. ${why}${error ? ` ${error.code}: ${error.message}` : ''}`;
    return { name: 'Waiting', state: 'now', words };
  }
  const until = startedAt ?? finishedAt ?? createdAt;
  return {
    name: 'Waited',
    state: 'done',
    words: `${duration(Date.parse(until) - Date.parse(createdAt))}${startedAt === undefined ? ', in vain' : ''}`,
  };
}

function launched({ attempt, status }: Run): Step {
  if (attempt === 0) {
    return { name: 'Launched', state: 'later', words: isOver({ status }) ? 'never' : 'not yet' };
  }
  return { name: 'Launched', state: 'done', words: attempt === 1 ? 'once' : `${attempt} times` };
}

function running(run: Run, now: number): Step {
  const { startedAt, finishedAt, timeoutAt } = run;
  if (startedAt === undefined) {
    return { name: 'Running', state: 'later', words: isOver(run) ? 'never' : 'not yet' };
  }
  if (!isOver(run)) {
    const atMost =
      timeoutAt === undefined ? '' : `; stopped in ${duration(Date.parse(timeoutAt) - now)} at the latest`;
    return {
      name: 'Running',
      state: 'now',
      at: startedAt,
      words: `for ${duration(now - Date.parse(startedAt))}${atMost}`,
    };
  }
  const took =
    finishedAt === undefined ? '' : `for ${duration(Date.parse(finishedAt) - Date.parse(startedAt))}`;
  return { name: 'Ran', state: 'done', at: startedAt, words: took };
}

function ended(run: Run): Step {
  if (!isOver(run)) {
    return { name: 'End', state: 'later', words: 'not yet' };
  }
  const { tone, word } = outcomeOf(run.status);
  return {
    name: 'Ended',
    state: 'done',
    tone: tone === 'good' || tone === 'bad' ? tone : 'off',
    ...(run.finishedAt !== undefined && { at: run.finishedAt }),
    words: `${word} (${run.reason})`,
  };
}
