/** What several operations have in common, by the names that it has in the document. */
export const launchParameters = ['Idempotency-Key', 'Repeatability-Request-ID', 'Prefer'];
export const pageParameters = ['top', 'skipToken'];
export const progressHeaders = ['Location', 'Operation-Location'];
export const launchHeaders = [...progressHeaders, 'Preference-Applied', 'Idempotent-Replayed'];
export const launchRefusals = [400, 403, 404, 409, 413, 415, 422, 429] as const;
