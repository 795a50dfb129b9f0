import type { JsonObject } from '../aci/json.ts';
import type { DescribedApp, DescribedFunction, Status, Words } from './model.ts';

const descriptions = {
  400: 'Something in the request is wrong; details names every fault.',
  401: 'The caller has not proved who it is.',
  403: 'The app, or the platform, does not let this caller do this here.',
  404: 'Something that the request names is not there; code says what.',
  409: 'It does not go with what is there: a run holds the container group, or is over, or the name is taken.',
  413: 'The body is too large, or the run is.',
  415: 'The body is not JSON by its Content-Type.',
  422: 'It cannot be done as asked, and nothing was changed: details says what is missing.',
  429: 'Too much at once; Retry-After says when to come again.',
  '4XX': 'Azure Resource Manager refused it, with this status and its own code.',
  500: 'The app failed; its log names the cause by x-ms-request-id.',
  502: 'Azure Resource Manager failed, or could not be reached.',
  503: 'Azure or the storage account of the app does not answer as it should; come again later.',
  504: 'Azure Resource Manager took too long; what was asked may have happened all the same.',
} as const;

/** A way in which an operation may refuse, under a name of its own in the document. */
export type Refusal = { status: Status; name: string; answer: JsonObject };

/** Every way in which an operation may refuse. */
export function refusalsOf(words: Words, { access }: DescribedFunction, app: DescribedApp): Refusal[] {
  const asksArm = words.asks === 'arm' || (words.asks === 'store' && app.credential === 'caller');
  const needsRole = app.easyAuth && access !== 'anonymous';
  const statuses = new Set<Status>([
    ...(words.refusals ?? []),
    ...(access === 'anonymous' ? [] : ([401] as const)),
    ...(needsRole || words.asks !== undefined || app.isLocal ? ([403] as const) : []),
    ...(app.isLocal ? ([415] as const) : []),
    ...(words.asks === undefined ? [] : ([503] as const)),
    ...(asksArm ? (['4XX', 502, 504] as const) : []),
    500,
  ]);
  const isHostAlone = access !== 'anonymous' && !app.easyAuth && app.credential === 'managed-identity';
  return [...statuses]
    .filter((status) => !(status in words.answers))
    .map((status) => (status === 401 && isHostAlone ? keyRefusal : refusal(status, words.launches ?? false)));
}

const keyRefusal: Refusal = {
  status: 401,
  name: 'NoKey',
  answer: {
    description: 'The function key is missing or wrong. The host of the app answers, without a body.',
  },
};

/** @param isOfLaunch whether it may tell of a run that was stored before ARM refused its launch. */
function refusal(status: Status, isOfLaunch: boolean): Refusal {
  const headers = [
    'x-ms-request-id',
    'x-ms-error-code',
    'Retry-After',
    ...(status === 401 ? ['WWW-Authenticate'] : []),
    ...(isOfLaunch ? ['Location', 'Operation-Location'] : []),
  ];
  return {
    status,
    name: `${isOfLaunch ? 'LaunchError' : 'Error'}${status}`,
    answer: {
      description: descriptions[status],
      headers: Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    },
  };
}
