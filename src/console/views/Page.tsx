import type { ComponentChildren } from 'preact';
import { fragmentOf, type Place } from '../place.ts';
import type { Session } from '../session.ts';

type PageProps = {
  place: Place;
  session: Session | undefined;
  /** Undefined while there is no key to forget. */
  forgetKey: (() => void) | undefined;
  /** What was last said to who listens. */
  said: string;
  children: ComponentChildren;
};

const sections = [
  { view: 'jobs', name: 'Jobs', place: { view: 'jobs' }, has: ['jobs', 'job'] },
  { view: 'groups', name: 'Container groups', place: { view: 'groups' }, has: ['groups', 'group'] },
  { view: 'history', name: 'History', place: { view: 'history', page: 0 }, has: ['history', 'run'] },
] as const;

/** What is around every view: the way to the others, who looks, and what is said aloud. */
export function Page({ place, session, forgetKey, said, children }: PageProps) {
  return (
    <>
      <header class="top">
        <a
          class="skip"
          href={fragmentOf(place)}
          onClick={(event) => {
            event.preventDefault(); // the fragment is the place
            document.getElementById('main')?.focus();
          }}
        >
          Skip to the content
        </a>
        <a class="brand" href="#/jobs">
          <span class="logo" aria-hidden="true" />
          Container jobs
        </a>
        <nav aria-label="Sections">
          {sections.map((section) => (
            <a
              key={section.view}
              href={fragmentOf(section.place)}
              aria-current={(section.has as readonly string[]).includes(place.view) ? 'page' : undefined}
            >
              {section.name}
            </a>
          ))}
        </nav>
        <Who session={session} forgetKey={forgetKey} />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <div class="unseen" role="status" aria-live="polite">
        {said}
      </div>
    </>
  );
}

function Who({ session, forgetKey }: Pick<PageProps, 'session' | 'forgetKey'>) {
  const whoami = session?.whoami;
  if (whoami?.authentication === 'easyAuth') {
    return (
      <div class="who">
        <span title={whoami.principal?.roles.join(', ')}>
          {whoami.principal?.name ?? whoami.principal?.appId ?? 'signed in'}
        </span>
        <a href="/.auth/logout?post_logout_redirect_uri=%2Fapi%2Fconsole">Sign out</a>
      </div>
    );
  }
  return (
    <div class="who">
      {forgetKey ? (
        <button type="button" class="quiet-button" onClick={forgetKey}>
          Forget the key
        </button>
      ) : (
        session && <span class="quiet">no key needed</span>
      )}
    </div>
  );
}
