import { LauncherError } from '../aci/errors.ts';
import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import * as appTriggers from './triggers/appTriggers.ts';

type Dependency = { status: 'Healthy' } | { status: 'Unhealthy'; code: string };

/** Anybody may ask, so what is asked of Azure is asked at most this often. */
const freshMs = 10_000;

/**
 * `GET health`: 200 when the app and Azure behind it answer, else 503. It tells nothing that anybody may not know. Where the app
 * acts with its callers' tokens it has none of its own to ask ARM with.
 */
export function health({ config, requests, checkStorage, now }: Collaborators): HttpFunction {
  let last: { at: number; dependencies: Promise<Record<string, Dependency>> } | undefined;

  async function check(): Promise<Record<string, Dependency>> {
    const hasToken = config.arm.credential === 'managed-identity';
    const [storage, arm] = await Promise.all([
      checked(checkStorage()),
      hasToken ? checked(requests.containerGroups.listSubscriptions()) : undefined,
    ]);
    return { ...(arm && { arm }), storage };
  }

  return {
    ...appTriggers.health,
    async handler() {
      if (last === undefined || now() - last.at >= freshMs || now() < last.at) {
        last = { at: now(), dependencies: check() };
      }
      const dependencies = await last.dependencies;
      const isHealthy = Object.values(dependencies).every(({ status }) => status === 'Healthy');
      return {
        status: isHealthy ? 200 : 503,
        jsonBody: { status: isHealthy ? 'Healthy' : 'Unhealthy', dependencies },
      };
    },
  };
}

function checked(listing: Promise<unknown>): Promise<Dependency> {
  return listing.then(
    (): Dependency => ({ status: 'Healthy' }),
    (error: unknown): Dependency => ({
      status: 'Unhealthy',
      code: error instanceof LauncherError ? error.code : 'InternalServerError',
    }),
  );
}
