import { useSession } from '../session.ts';
import { ago } from '../words/ago.ts';

/** How long ago something was, with the exact time for who wants it. @param at RFC 3339. */
export function Time({ at }: { at: string }) {
  const { now } = useSession();
  const moment = Date.parse(at);
  if (Number.isNaN(moment)) {
    return <span>{at}</span>;
  }
  return (
    <time
      dateTime={at}
      title={new Date(moment).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })}
    >
      {ago(Math.min(moment, now), now)}
    </time>
  );
}
