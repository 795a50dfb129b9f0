import type { Fault } from '../../aci/errors.ts';
import type { JsonValue } from '../../aci/json.ts';
import { textAt } from '../textAt.ts';

/**
 * A fault for each place where there is no text.
 * @param target where the document stands in what was sent.
 */
export function memberFaults(document: JsonValue, target: string, pointers: readonly string[]): Fault[] {
  return pointers
    .filter((pointer) => textAt(document, pointer) === undefined)
    .map((pointer) => ({
      code: 'MissingMember',
      target: `${target}${pointer}`,
      message: `'${target}${pointer}' must be there, and be text.`,
    }));
}
