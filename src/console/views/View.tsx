import { Heading } from '../parts/Heading.tsx';
import { fragmentOf, type Place } from '../place.ts';
import { mayRead, useSession } from '../session.ts';
import { GroupsView } from './GroupsView.tsx';
import { GroupView } from './GroupView.tsx';
import { HistoryView } from './HistoryView.tsx';
import { JobsView } from './JobsView.tsx';
import { JobView } from './JobView.tsx';
import { RunView } from './RunView.tsx';

/** What is at a place, for who may read it. */
export function View({ place }: { place: Place }) {
  const { whoami } = useSession();
  if (whoami.authentication === 'armToken') {
    return <TakesTokens />;
  }
  if (!mayRead(whoami)) {
    return <MayNotRead />;
  }
  switch (place.view) {
    case 'jobs':
      return <JobsView />;
    case 'job':
      return <JobView key={place.job} job={place.job} />;
    case 'groups':
      return <GroupsView />;
    case 'group':
      return <GroupView key={fragmentOf(place)} group={place.group} />;
    case 'run':
      return <RunView key={place.runId} group={place.group} runId={place.runId} />;
    case 'history':
      return <HistoryView filter={place} />;
    case 'nowhere':
      return (
        <>
          <Heading>There is nothing here</Heading>
          <p>
            The address leads nowhere. <a href={fragmentOf({ view: 'jobs' })}>See the jobs.</a>
          </p>
        </>
      );
  }
}

function TakesTokens() {
  return (
    <>
      <Heading>Not with this app</Heading>
      <p>
        This app does what its callers may do in Azure (<code>ARM_CREDENTIAL=caller</code>): each call brings
        a token of Azure’s, which the console does not ask for. Use curl, with{' '}
        <code>Authorization: Bearer</code>.
      </p>
    </>
  );
}

function MayNotRead() {
  const { whoami } = useSession();
  const { roles = [] } = whoami.principal ?? {};
  const { launchJobs = [] } = whoami.may ?? {};
  return (
    <>
      <Heading>You may not look</Heading>
      <p>
        Reading takes the app role <code>Containers.Read</code>. You have{' '}
        {roles.length > 0 ? roles.join(', ') : 'no role'}. Ask whoever assigns the roles of this app.
      </p>
      {launchJobs.length > 0 && <p>By HTTP you may launch: {launchJobs.join(', ')}.</p>}
    </>
  );
}
