import { LauncherError } from '../aci/errors.ts';
import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';

type Dependency = { status: 'Healthy' } | { status: 'Unhealthy'; code: string };

/** Anybody may ask, so what is asked of Azure is asked at most this often. */
const freshMs = 10_000;

/**
 * `GET health`: 200 when the app and Azure behind it answer, else 503. It tells nothing that anybody may not know. Where the app
 * acts with its callers' tokens it has none of its own to ask Azure with.
 */
export function health({ config, containerGroups, now }: Collaborators): HttpFunction {
  let last: { at: number; arm: Promise<Dependency> } | undefined;

  return {
    name: 'health',
    methods: ['GET'],
    route: 'health',
    authLevel: 'anonymous',
    async handler() {
      if (config.arm.credential === 'caller') {
        return { jsonBody: { status: 'Healthy', dependencies: {} } };
      }
      if (last === undefined || now() - last.at >= freshMs || now() < last.at) {
        last = { at: now(), arm: checked(containerGroups.listSubscriptions()) };
      }
      const arm = await last.arm;
      return {
        status: arm.status === 'Healthy' ? 200 : 503,
        jsonBody: { status: arm.status, dependencies: { arm } },
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
