/**
 * A stand-in for the HTTP action of Logic Apps and Power Automate, as far as a callee notices
 * (learn.microsoft.com/azure/connectors/connectors-native-http, "Asynchronous request-response behavior", and
 * learn.microsoft.com/azure/logic-apps/error-exception-handling, "Retry policies").
 */
export type HttpAction = {
  type: 'Http';
  operationOptions?: 'DisableAsyncPattern';
  inputs: {
    method: string;
    uri: string;
    headers?: Record<string, string>;
    body?: unknown;
    authentication?: { type: 'ManagedServiceIdentity'; audience: string };
    retryPolicy?: { type: 'exponential'; count: number; interval: string };
  };
};

export type Sent = { method: string; url: string; headers: Record<string, string> };

export type ActionResult = {
  status: 'Succeeded' | 'Failed';
  outputs: {
    statusCode: number;
    headers: Headers;
    // biome-ignore lint/suspicious/noExplicitAny: an answer's body, of which a test looks at what it is about
    body: any;
  };
  /** Every request that it sent, in order. */
  sent: Sent[];
  /** What it waited for before the next of them, in seconds. */
  waited: number[];
};

export type ActionContext = {
  /** What the expressions in the action stand for, such as `workflow().run.name`. */
  expressions: Record<string, string>;
  /** Sends a request; the URL is the one that callers know the app by. */
  send: (url: string, init: RequestInit) => Promise<Response>;
  wait: (seconds: number) => Promise<void>;
  /** Whether it sends the action's headers and its sign-in to Location, too [U]. */
  resendsHeaders?: boolean;
};

const retried = (status: number) => status === 408 || status === 429 || status >= 500;

/** Where an answer of 202 says nothing of when to come again [U]. */
const defaultPollSeconds = 20;

/**
 * Does the action to its end: what is answered 202 with an absolute Location is asked for there until that answers anything else. It
 * knows nothing of Operation-Location.
 */
export async function doHttpAction(action: HttpAction, context: ActionContext): Promise<ActionResult> {
  const { method, uri, headers = {}, body, authentication } = evaluated(action.inputs, context.expressions);
  const { count = 4, interval = 'PT7S' } = action.inputs.retryPolicy ?? {};
  const sent: Sent[] = [];
  const waited: number[] = [];
  const wait = (seconds: number) => {
    waited.push(seconds);
    return context.wait(seconds);
  };
  const send = async (request: Sent, content?: string): Promise<Response> => {
    for (let retry = 0; ; retry += 1) {
      sent.push(request);
      const { url, ...init } = request;
      const answer = await context.send(url, { ...init, ...(content !== undefined && { body: content }) });
      if (!retried(answer.status) || retry === count) {
        return answer;
      }
      await wait(secondsOf(interval) * 2 ** retry);
    }
  };

  const own = {
    ...headers,
    ...(authentication && { authorization: `Bearer for ${authentication.audience}` }),
  };
  let answer = await send(
    { method, url: uri, headers: body === undefined ? own : { 'content-type': 'application/json', ...own } },
    body === undefined ? undefined : JSON.stringify(body),
  );
  while (action.operationOptions !== 'DisableAsyncPattern' && answer.status === 202) {
    const url = URL.parse(answer.headers.get('location') ?? '')?.href;
    if (url === undefined) {
      break;
    }
    await wait(Number(answer.headers.get('retry-after') ?? defaultPollSeconds));
    answer = await send({ method: 'GET', url, headers: context.resendsHeaders ? own : {} });
  }
  const text = await answer.text();
  return {
    status: answer.ok ? 'Succeeded' : 'Failed',
    outputs: { statusCode: answer.status, headers: answer.headers, body: text && JSON.parse(text) },
    sent,
    waited,
  };
}

/** The inputs with the values of their expressions: `@{…}` within a text, or `@…` for the whole of it. */
function evaluated<Inputs>(inputs: Inputs, expressions: Record<string, string>): Inputs {
  const said = (expression: string) => {
    const value = expressions[expression];
    if (value === undefined) {
      throw new Error(`Nobody said what ${expression} is.`);
    }
    return value;
  };
  return JSON.parse(JSON.stringify(inputs), (_, value) =>
    typeof value === 'string'
      ? value
          .replace(/^@(?!\{)(.+)$/s, (__, expression: string) => said(expression))
          .replace(/@\{([^}]+)\}/g, (__, expression: string) => said(expression))
      : value,
  );
}

/** Of a duration in seconds alone, such as PT7S. */
function secondsOf(duration: string): number {
  const seconds = Number(/^PT(\d+)S$/.exec(duration)?.[1]);
  if (Number.isNaN(seconds)) {
    throw new Error(`${duration} is not a duration in seconds.`);
  }
  return seconds;
}
