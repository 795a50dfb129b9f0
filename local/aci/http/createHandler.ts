import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { refuseForeign } from '../../../src/loopbackGuard.ts';
import { internalServerError } from '../armErrors.ts';
import { controlPath } from '../control/answerControl.ts';
import type { Outcome } from '../faults/performFault.ts';
import { refuse, writeAnswer } from './answer.ts';
import { readBody } from './readBody.ts';

/** A request to ARM as tests see it afterwards. Never holds a header: they carry tokens. */
export type RecordedRequest = {
  method: string;
  path: string;
  query: string;
  /** 0 when a fault left it without an answer. */
  status: number;
};

export const identityPath = '/msi/token';

/** A request that comes from this machine. */
export type GuardedRequest = {
  method: string;
  /** As it came, percent-encoded. */
  path: string;
  query: URLSearchParams;
  /** Looks up a request header by its lower-case name. */
  header(name: string): string | undefined;
  /** The origin that the caller addressed. */
  origin: string;
  /** Undefined when it was over the limit. */
  body: Buffer | undefined;
};

type Endpoint = (request: GuardedRequest) => Promise<Outcome>;

export type Handlers = {
  scheme: 'http' | 'https';
  arm: Endpoint;
  identity: Endpoint;
  control: Endpoint;
  now(): number;
  record(request: RecordedRequest): void;
  log(line: string): void;
};

export type Handler = {
  listener: RequestListener;
  /** Drops the connection of every request to ARM or the identity endpoint that waits for its answer. */
  dropWaiting(): void;
};

/** The emulator's one HTTP listener: refuses what comes from elsewhere, then tells its endpoints from one another. */
export function createHandler(handlers: Handlers): Handler {
  const { scheme, now, record, log } = handlers;
  const waiting = new Set<ServerResponse>();

  function endpointOf(path: string): 'arm' | 'identity' | 'control' {
    return path === identityPath ? 'identity' : path.startsWith(controlPath) ? 'control' : 'arm';
  }

  async function answer(request: IncomingMessage, path: string, query: string): Promise<Outcome> {
    const { method = '', headers } = request;
    const header = (name: string) => headers[name]?.toString();
    // Read before it is judged: a sender in the middle of its body would not hear the answer.
    const body = await readBody(request);
    const refusal = refuseForeign({ method, host: headers.host, header });
    if (refusal) {
      return refuse(refusal);
    }
    const origin = `${scheme}://${headers.host}`;
    const guarded = { method, path, query: new URLSearchParams(query), header, origin, body };
    return handlers[endpointOf(path)](guarded);
  }

  async function listener(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const [path = '', ...rest] = url.split('?');
    const query = rest.join('?');
    const endpoint = endpointOf(path);
    if (endpoint !== 'control') {
      waiting.add(response);
      response.once('close', () => waiting.delete(response));
    }
    let outcome: Outcome;
    try {
      outcome = await answer(request, path, query);
    } catch (error) {
      if (request.destroyed && !request.complete) {
        // The sender is gone; there is nobody to answer.
        return;
      }
      log(`${method} ${path} failed: ${error instanceof Error ? error.stack : error}`);
      outcome = refuse(internalServerError());
    }
    const status = typeof outcome === 'object' ? outcome.status : 0;
    if (endpoint === 'arm') {
      record({ method, path, query, status });
    }
    log(`${method} ${path} ${status || outcome}`);
    if (typeof outcome === 'object') {
      writeAnswer(response, outcome, now());
    } else if (outcome === 'drop') {
      response.destroy();
    }
  }

  return {
    listener: (request, response) => void listener(request, response),
    dropWaiting() {
      for (const response of waiting) {
        response.destroy();
      }
    },
  };
}
