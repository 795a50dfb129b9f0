import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { JsonObject } from '../aci/json.ts';
import { type Check, checkWith } from '../validation/faults.ts';

/**
 * Compiles a job's `env` contract. Strict: a keyword that JSON Schema does not have is a mistake of the operator's.
 * @param contract a JSON Schema of draft 7, with the formats of ajv-formats.
 * @throws Error with ajv's own words when it is not one.
 */
export function compileContract(contract: JsonObject): Check {
  if (contract['$async'] !== undefined) {
    throw new Error("'$async' is not of JSON Schema"); // ajv's own: the check would then answer a promise
  }
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: true,
    strictTypes: false, // a schema may leave out a type, or name several
    strictRequired: false,
  });
  formats.default(ajv);
  return checkWith(ajv.compile(contract));
}
