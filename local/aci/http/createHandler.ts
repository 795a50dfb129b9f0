import type { IncomingMessage, RequestListener } from 'node:http';
import { refuseForeign } from '../../../src/functions/http/loopbackGuard.ts';
import type { TokenAnswer, TokenRequest } from '../../identity/identityEndpoint.ts';
import { internalServerError } from '../armErrors.ts';
import { type Answer, refuse, writeAnswer } from './answer.ts';
import type { IncomingArmRequest } from './answerArm.ts';
import { readBody } from './readBody.ts';

/** A request to ARM as tests see it afterwards. Never holds a header: they carry tokens. */
export type RecordedRequest = { method: string; path: string; query: string; status: number };

export const identityPath = '/msi/token';

export type Handlers = {
  arm(request: IncomingArmRequest): Promise<Answer>;
  identity(request: TokenRequest): TokenAnswer;
  now(): number;
  record(request: RecordedRequest): void;
  log(line: string): void;
};

/** The emulator's one HTTP listener: refuses what comes from elsewhere, then tells the identity endpoint from ARM. */
export function createHandler({ arm, identity, now, record, log }: Handlers): RequestListener {
  async function answer(request: IncomingMessage, path: string, query: URLSearchParams): Promise<Answer> {
    const { method = '', headers } = request;
    const header = (name: string) => headers[name]?.toString();
    // Read before it is judged: a sender in the middle of its body would not hear the answer.
    const body = await readBody(request);
    const refusal = refuseForeign({ method, host: headers.host, header });
    if (refusal) {
      return refuse(refusal);
    }
    if (path === identityPath) {
      return identity({ method, query, identityHeader: header('x-identity-header') });
    }
    const origin = `http://${headers.host}`;
    return arm({ method, path, query, authorization: headers.authorization, origin, body });
  }

  return async (request, response) => {
    const { method = '', url = '' } = request;
    const [path = '', ...rest] = url.split('?');
    const query = rest.join('?');
    let answered: Answer;
    try {
      answered = await answer(request, path, new URLSearchParams(query));
    } catch (error) {
      if (request.destroyed && !request.complete) {
        // The sender is gone; there is nobody to answer.
        return;
      }
      log(`${method} ${path} failed: ${error instanceof Error ? error.stack : error}`);
      answered = refuse(internalServerError());
    }
    if (path !== identityPath) {
      record({ method, path, query, status: answered.status });
    }
    log(`${method} ${path} ${answered.status}`);
    writeAnswer(response, answered, now());
  };
}
