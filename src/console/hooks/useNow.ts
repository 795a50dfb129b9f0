import { useEffect, useState } from 'preact/hooks';

/** The time in milliseconds since 1970, as it goes by. @param everyMs how often; undefined for a time that stands still. */
export function useNow(everyMs: number | undefined): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (everyMs === undefined) {
      return;
    }
    const timer = setInterval(() => !document.hidden && setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
