import { launchRoles, mayRead, mayWrite } from './access/access.ts';
import { principalOf } from './access/principal.ts';
import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import * as appTriggers from './triggers/appTriggers.ts';

/**
 * `GET whoami`: who the caller is, as far as the app is told, and what it may do. Which functions a key opens only the host knows, and what
 * a caller's own ARM token opens only ARM: nothing is said of that.
 */
export function whoami({ config }: Collaborators): HttpFunction {
  return {
    ...appTriggers.whoami,
    async handler(request) {
      const principal = principalOf(request, config);
      if (!principal) {
        const authentication = config.arm.credential === 'caller' ? 'armToken' : 'functionKey';
        return { jsonBody: { authentication } };
      }
      const has = (roles: readonly string[]) => roles.some((role) => principal.roles.includes(role));
      const jobs = [...config.jobs.values()].filter((job) => has(launchRoles(job)));
      return {
        jsonBody: {
          authentication: 'easyAuth',
          principal,
          may: {
            readContainers: has(mayRead),
            writeContainers: has(mayWrite),
            launchJobs: jobs.map(({ name }) => name).sort(),
          },
        },
      };
    },
  };
}
