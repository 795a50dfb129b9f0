import { useEffect, useState } from 'preact/hooks';
import type { Plan } from '../api/answers.ts';
import { jobPath } from '../api/paths.ts';
import { useSession } from '../session.ts';

/** Typing is over when nothing was typed for so long, in milliseconds: each plan costs a call to Azure. */
const quietMs = 500;

export type Planned = { plan: Plan | undefined; error: unknown; isAsking: boolean };

/** What a launch with this body would change, asked anew when the body has changed. @param body undefined while it cannot be sent. */
export function usePlan(job: string, body: Record<string, unknown> | undefined): Planned {
  const { api } = useSession();
  const [planned, setPlanned] = useState<Planned>({ plan: undefined, error: undefined, isAsking: true });
  const text = body === undefined ? undefined : JSON.stringify({ ...body, dryRun: true });
  useEffect(() => {
    if (text === undefined) {
      setPlanned({ plan: undefined, error: undefined, isAsking: false });
      return;
    }
    const typedOn = new AbortController();
    const { signal } = typedOn;
    setPlanned((before) => ({ ...before, isAsking: true }));
    const timer = setTimeout(() => {
      const asked = api.post<Plan>(`${jobPath(job)}/runs`, JSON.parse(text), { signal });
      void asked
        .then((plan): Planned => ({ plan, error: undefined, isAsking: false }))
        .catch((error: unknown): Planned => ({ plan: undefined, error, isAsking: false }))
        .then((to) => !signal.aborted && setPlanned(to));
    }, quietMs);
    return () => {
      clearTimeout(timer);
      typedOn.abort(new DOMException('Something else was typed.', 'AbortError'));
    };
  }, [api, job, text]);
  return planned;
}
