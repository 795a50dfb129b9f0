import { Ajv } from 'ajv';
import { type Check, checkWith } from './faults.ts';

/** How every schema of this product is compiled, here and by scripts/build.ts, which does it ahead of time. */
export const ajvOptions = { allErrors: true, verbose: true, strict: true, allowUnionTypes: true } as const;

/** Compiles a schema of this product. The build puts precompiled code in the place of each `*.schema.ts`. */
export function createCheck(schema: object): Check {
  return checkWith(new Ajv(ajvOptions).compile(schema));
}
