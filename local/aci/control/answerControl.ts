import { readContent } from '../document/readContent.ts';
import type { Faults } from '../faults/faults.ts';
import { readFault } from '../faults/readFault.ts';
import { type Answer, refuse } from '../http/answer.ts';
import type { GuardedRequest } from '../http/createHandler.ts';
import type { JsonObject } from '../json.ts';
import { matchRoute, splitPath } from '../routes/matchRoute.ts';
import { type MintedFor, readTokenOrder } from './readTokenOrder.ts';

/** Where the emulator itself is told what to do; no path of ARM begins so. */
export const controlPath = '/emulator/';

export type Controls = {
  faults: Faults;
  reset(): Promise<void>;
  mintToken(of: MintedFor): object;
  /** What X-IDENTITY-HEADER must hold where a token is given: with one, anyone could run commands here. */
  secret: string;
};

type ControlRequest = { params: Record<string, string>; content: JsonObject; isTrusted: boolean };

type ControlRoute = {
  method: string;
  path: string;
  handle(controls: Controls, request: ControlRequest): Answer | Promise<Answer>;
};

const controlRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/emulator/faults',
    handle: ({ faults }) => ({ status: 200, body: { value: faults.list() } }),
  },
  {
    method: 'POST',
    path: '/emulator/faults',
    handle({ faults }, { content }) {
      const fault = readFault(content);
      return 'problem' in fault
        ? refuseControl(400, fault.problem)
        : { status: 201, body: faults.add(fault) };
    },
  },
  {
    method: 'DELETE',
    path: '/emulator/faults',
    handle({ faults }) {
      faults.clear();
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/emulator/faults/{id}',
    handle: ({ faults }, { params }) =>
      faults.remove(params['id'] ?? '')
        ? { status: 204 }
        : refuseControl(404, `There is no fault '${params['id']}', or it is over.`),
  },
  {
    method: 'POST',
    path: '/emulator/reset',
    async handle({ reset }) {
      await reset();
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    path: '/emulator/tokens',
    handle({ mintToken }, { content, isTrusted }) {
      if (!isTrusted) {
        return refuseControl(401, 'The header X-IDENTITY-HEADER does not hold the value of IDENTITY_HEADER.');
      }
      const order = readTokenOrder(content);
      return 'problem' in order ? refuseControl(400, order.problem) : { status: 201, body: mintToken(order) };
    },
  },
];

/** Answers a request to the emulator itself. The guard is all that it must pass, but for tokens. */
export async function answerControl(
  controls: Controls,
  { method, path, header, body }: GuardedRequest,
): Promise<Answer> {
  const match = matchRoute(controlRoutes, method, splitPath(path) ?? []);
  if (!match) {
    const known = controlRoutes.map((route) => `${route.method} ${route.path}`).join(', ');
    return refuseControl(404, `There is no ${method} ${path}; there are ${known}.`);
  }
  if (!body) {
    return refuseControl(413, 'The content is too large.');
  }
  const read = body.length === 0 ? { content: {} } : readContent(body);
  if ('error' in read) {
    return refuse(read.error);
  }
  const isTrusted = header('x-identity-header') === controls.secret;
  return match.route.handle(controls, { params: match.params, content: read.content, isTrusted });
}

function refuseControl(status: number, message: string): Answer {
  return refuse({ status, code: 'InvalidControlRequest', message });
}
