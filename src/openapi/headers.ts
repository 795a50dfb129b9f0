import type { JsonObject } from '../aci/json.ts';

const header = (description: string, schema: JsonObject = { type: 'string' }): JsonObject => ({
  description,
  schema,
});

/** The headers of answers. */
export const headers: Record<string, JsonObject> = {
  'x-ms-request-id': header('The id of this request, by which the logs of the app know it.'),
  'x-ms-client-request-id': header('What the request’s own x-ms-client-request-id said.'),
  'x-ms-error-code': header('The code of the error.'),
  Location: header('What was made, or where to follow it until it is over: 202 says that it is not.'),
  'Operation-Location': header('The run itself, whose status is in its body.'),
  'Retry-After': header('When it is worth asking again, in seconds.', { type: 'integer' }),
  'Preference-Applied': header('What of Prefer was heeded.'),
  'Idempotent-Replayed': header('true where an earlier request with the same key made this run.'),
  'WWW-Authenticate': header('How to authenticate.'),
  Allow: header('The methods that there are.'),
  'WebHook-Allowed-Origin': header('Who may send.'),
  'WebHook-Allowed-Rate': header('How many requests a minute; * is no limit.'),
};
