import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Whoami } from '../api/answers.ts';
import { createApi } from '../api/api.ts';
import { keepKey, keptKey } from '../api/key.ts';
import { useNow } from '../hooks/useNow.ts';
import { usePlace } from '../hooks/usePlace.ts';
import { usePolled } from '../hooks/usePolled.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { shortId } from '../parts/RunTable.tsx';
import type { Place } from '../place.ts';
import { SessionContext } from '../session.ts';
import { AskForKey } from './AskForKey.tsx';
import { Page } from './Page.tsx';
import { SignIn } from './SignIn.tsx';
import { View } from './View.tsx';

/** Who is asked for, and what is shown then. */
export function Console() {
  const place = usePlace();
  const now = useNow(5_000);
  const [key, setKey] = useState(keptKey);
  const [refused, setRefused] = useState<{ key: string | undefined; code: string }>();
  const [attempt, setAttempt] = useState(0);
  const [said, announce] = useState('');
  const api = useMemo(() => createApi(key, ({ code }) => setRefused({ key, code })), [key, attempt]);
  const refusal = refused?.key === key ? refused : undefined; // another key's answer may come late
  const asked = usePolled(`whoami ${attempt} ${key ?? ''}`, (signal) => api.get<Whoami>('whoami', signal));
  const giveKey = useCallback((given: string | undefined) => {
    keepKey(given);
    setRefused(undefined);
    setKey(given);
    setAttempt((before) => before + 1); // the same key again is another attempt
  }, []);
  const whoami = asked.value;
  const session = useMemo(
    () =>
      whoami && {
        api,
        whoami,
        hasKey: key !== undefined,
        announce,
        now,
      },
    [api, whoami, key, now],
  );
  useTitle(place);

  return (
    <Page
      place={place}
      session={session}
      forgetKey={key === undefined ? undefined : () => giveKey(undefined)}
      said={said}
    >
      {refusal ? (
        refusal.code === 'PrincipalRequired' ? (
          <SignIn />
        ) : (
          <AskForKey wasGiven={key !== undefined} onKey={giveKey} />
        )
      ) : session ? (
        <SessionContext.Provider value={session}>
          <View place={place} />
        </SessionContext.Provider>
      ) : (
        <Loaded of={asked} what="who you are">
          {() => null}
        </Loaded>
      )}
    </Page>
  );
}

/** The window's title tells the place. */
function useTitle(place: Place): void {
  const title = titleOf(place);
  useEffect(() => {
    document.title = `${title} · Container jobs`;
  }, [title]);
}

function titleOf(place: Place): string {
  switch (place.view) {
    case 'job':
      return place.job;
    case 'group':
      return place.group.name;
    case 'run':
      return `Run ${shortId(place.runId)}`;
    case 'history':
      return place.job === undefined ? 'History' : `History of ${place.job}`;
    case 'groups':
      return 'Container groups';
    case 'jobs':
      return 'Jobs';
    case 'nowhere':
      return 'Nothing here';
  }
}
