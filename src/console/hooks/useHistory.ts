import { useEffect, useRef, useState } from 'preact/hooks';
import type { HistoryFilter } from '../history/historyFilter.ts';
import { type HistoryRead, readHistory, unreadHistory } from '../history/readHistory.ts';
import { useSession } from '../session.ts';

export type History = {
  read: HistoryRead;
  isReading: boolean;
  error: unknown;
  /** Looks at a thousand more. */
  readOn: () => void;
  /** Starts from the newest again. */
  refresh: () => void;
};

/** The runs that a filter lets through, as many as are wanted, or as a thousand at a time hold. @param paths of the lists they are in. */
export function useHistory(paths: readonly string[], filter: HistoryFilter, wanted: number): History {
  const { api } = useSession();
  const [fresh, setFresh] = useState(0);
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify([paths, { ...filter, page: 0 }, fresh]);
  const [state, setState] = useState({
    key,
    read: unreadHistory(paths),
    isReading: true,
    error: undefined as unknown,
  });
  const current = useRef(state);
  current.current =
    state.key === key ? state : { key, read: unreadHistory(paths), isReading: true, error: undefined };

  // The key stands for the lists and the filter, the turn for another thousand.
  useEffect(() => {
    const { read } = current.current;
    if (read.isComplete || read.found.length >= wanted) {
      setState({ key, read, isReading: false, error: undefined });
      return;
    }
    const left = new AbortController();
    const { signal } = left;
    setState({ key, read, isReading: true, error: undefined });
    void readHistory(api, read, { filter, wanted, now: Date.now(), signal })
      .then((more) => ({ key, read: more, isReading: false, error: undefined }))
      .catch((error: unknown) => ({ key, read, isReading: false, error }))
      .then((to) => !signal.aborted && setState(to));
    return () => left.abort(new DOMException('Something else is wanted.', 'AbortError'));
  }, [api, key, wanted, turn]);

  return {
    ...current.current,
    readOn: () => setTurn(turn + 1),
    refresh: () => setFresh(fresh + 1),
  };
}
