import type { ContainerGroupId } from '../aci/containerGroupId.ts';
import { type HistoryFilter, historyParameters, readHistoryFilter } from './history/historyFilter.ts';

/** What the page shows, as the fragment of its URL tells it, so that links, the back button and a reload lead there again. */
export type Place =
  | { view: 'jobs' }
  | { view: 'job'; job: string }
  | { view: 'groups' }
  | { view: 'group'; group: ContainerGroupId }
  | { view: 'run'; group: ContainerGroupId; runId: string }
  | ({ view: 'history' } & HistoryFilter)
  | { view: 'nowhere' };

/** @param fragment such as `#/jobs/nightly`; an empty one is the list of jobs. */
export function placeOf(fragment: string): Place {
  const [path = '', query = ''] = fragment.replace(/^#?\/?/, '').split('?', 2);
  const steps = path.split('/').map(decoded);
  const [view, ...rest] = steps;
  const [subscriptionId = '', resourceGroup = '', name = '', runId = ''] = rest;
  const group = { subscriptionId, resourceGroup, name };
  if (view === 'history' && rest.length === 0) {
    return { view: 'history', ...readHistoryFilter(new URLSearchParams(query)) };
  }
  if (rest.some((step) => ['', '.', '..'].includes(step))) {
    return { view: 'nowhere' };
  }
  switch (`${view}/${rest.length}`) {
    case '/0':
    case 'jobs/0':
      return { view: 'jobs' };
    case 'jobs/1':
      return { view: 'job', job: subscriptionId };
    case 'groups/0':
      return { view: 'groups' };
    case 'groups/3':
      return { view: 'group', group };
    case 'runs/4':
      return { view: 'run', group, runId };
    default:
      return { view: 'nowhere' };
  }
}

/** The fragment of a place: what `placeOf` reads. */
export function fragmentOf(place: Place): string {
  switch (place.view) {
    case 'job':
      return `#/jobs/${encodeURIComponent(place.job)}`;
    case 'group':
      return `#/groups/${stepsOf(place.group)}`;
    case 'run':
      return `#/runs/${stepsOf(place.group)}/${encodeURIComponent(place.runId)}`;
    case 'history': {
      const query = historyParameters(place).toString();
      return `#/history${query && '?'}${query}`;
    }
    case 'jobs':
    case 'groups':
      return `#/${place.view}`;
    case 'nowhere':
      return '#/';
  }
}

function stepsOf({ subscriptionId, resourceGroup, name }: ContainerGroupId): string {
  return [subscriptionId, resourceGroup, name].map(encodeURIComponent).join('/');
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return ''; // a `%` that stands for nothing names nothing
  }
}
