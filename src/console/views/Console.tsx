import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Whoami } from '../api/answers.ts';
import { createApi } from '../api/api.ts';
import type { ApiError } from '../api/apiError.ts';
import { keepKey, keptKey } from '../api/key.ts';
import { useNow } from '../hooks/useNow.ts';
import { usePlace } from '../hooks/usePlace.ts';
import { usePolled } from '../hooks/usePolled.ts';
import { Loaded } from '../parts/Loaded.tsx';
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
  const [refusal, setRefusal] = useState<ApiError>();
  const [said, announce] = useState('');
  const api = useMemo(() => createApi(key, setRefusal), [key]);
  const asked = usePolled(`whoami ${key ?? ''}`, (signal) => api.get<Whoami>('whoami', signal));
  const giveKey = useCallback((given: string | undefined) => {
    keepKey(given);
    setRefusal(undefined);
    setKey(given);
  }, []);
  const whoami = asked.value;
  const session = useMemo(
    () =>
      whoami && {
        api,
        whoami,
        hasKey: key !== undefined,
        forgetKey: () => giveKey(undefined),
        announce,
        now,
      },
    [api, whoami, key, giveKey, now],
  );
  useTitle(place);

  return (
    <Page place={place} session={session} said={said}>
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

/** The window's title tells the place, and so does the focus to who listens: a new view is a new page. */
function useTitle(place: ReturnType<typeof usePlace>): void {
  const title = 'job' in place && place.job !== undefined ? `${place.job} (${place.view})` : place.view;
  useEffect(() => {
    document.title = `${title} · container jobs`;
  }, [title]);
}
