import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { type Fault, InvalidRequest, NotFound } from '../../aci/errors.ts';
import { parameterFault } from './query.ts';

export type LogsQuery = {
  container: string | undefined;
  /** How many of the last lines. */
  tail: number | undefined;
  timestamps: boolean | undefined;
};

/** @throws InvalidRequest with every parameter that makes no sense. */
export function readLogsQuery({ query }: HttpRequest): LogsQuery {
  const faults: Fault[] = [];
  const tail = query.get('tail');
  if (tail !== null && !/^[1-9]\d{0,8}$/.test(tail)) {
    faults.push(parameterFault('tail', `tail '${tail}' must be a number of lines, from 1.`));
  }
  const timestamps = query.get('timestamps');
  if (timestamps !== null && !['true', 'false'].includes(timestamps)) {
    faults.push(parameterFault('timestamps', `timestamps '${timestamps}' must be true or false.`));
  }
  if (faults.length > 0) {
    throw new InvalidRequest(faults);
  }
  return {
    container: query.get('container') || undefined,
    tail: tail === null ? undefined : Number(tail),
    timestamps: timestamps === null ? undefined : timestamps === 'true',
  };
}

/**
 * The container whose logs are meant: the one that was asked for, else the only one.
 * @param names of all that have logs. @param main those that run, init containers apart.
 * @throws InvalidRequest when several are there and none was asked for; NotFound when that one is not there.
 */
export function chosenContainer(
  asked: string | undefined,
  names: readonly string[],
  main: readonly string[] = names,
): string {
  const container = asked ?? (main.length === 1 ? main[0] : undefined);
  if (container === undefined) {
    throw new InvalidRequest([
      parameterFault(
        'container',
        `The group has several containers: say which one, of ${names.join(', ')}, by ?container=.`,
      ),
    ]);
  }
  if (!names.includes(container)) {
    throw new NotFound(
      'ContainerNotFound',
      `The group has no container '${container}'; it has ${names.join(', ')}.`,
    );
  }
  return container;
}

/** The answer with a container's logs: text, or JSON for who accepts only that. */
export function logsAnswer(request: HttpRequest, container: string, content: string): HttpResponseInit {
  return wantsJson(request)
    ? { jsonBody: { container, content } }
    : {
        headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
        body: content,
      };
}

function wantsJson({ headers }: HttpRequest): boolean {
  const accept = headers.get('accept') ?? '';
  return /\bapplication\/json\b/i.test(accept) && !/\btext\/(?:plain|\*)/i.test(accept);
}
