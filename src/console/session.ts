import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ShownRun, Whoami } from './api/answers.ts';
import type { Api } from './api/api.ts';
import type { Proof } from './launch/curlLine.ts';

/** Who looks, and what follows from that. */
export type Session = {
  api: Api;
  whoami: Whoami;
  /** Whether a key was given. */
  hasKey: boolean;
  /** Says something to who listens instead of looking. */
  announce: (text: string) => void;
  /** The time, moved on every few seconds. */
  now: number;
};

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) {
    throw new Error('There is no session here.');
  }
  return session;
}

/** Keys say nothing of what they open: everything is offered, and the app refuses. */
export function mayRead({ may }: Whoami): boolean {
  return may?.readContainers ?? true;
}

export function mayLaunch({ may }: Whoami, job: string): boolean {
  return may?.launchJobs.includes(job) ?? true;
}

/** Whether this user may cancel a run, or run it again. */
export function mayOperate({ may }: Whoami, { job }: Pick<ShownRun, 'job'>): boolean {
  return may === undefined || may.writeContainers || (job !== undefined && may.launchJobs.includes(job));
}

export function proofOf({ whoami, hasKey }: Pick<Session, 'whoami' | 'hasKey'>): Proof {
  return whoami.authentication === 'easyAuth' ? 'token' : hasKey ? 'key' : 'none';
}
