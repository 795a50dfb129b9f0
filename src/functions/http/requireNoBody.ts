import { isDeepStrictEqual } from 'node:util';
import type { HttpRequest } from '@azure/functions';
import { readJsonBody } from './body.ts';
import { throwFaults } from './checkedBody.ts';

/** Refuses a body: one with members asks for something that would not be done. @throws InvalidRequest, and as `readJsonBody`. */
export async function requireNoBody(request: HttpRequest): Promise<void> {
  if (!isDeepStrictEqual(await readJsonBody(request), {})) {
    throwFaults([{ code: 'UnknownMember', target: '', message: 'This operation takes no body.' }]);
  }
}
