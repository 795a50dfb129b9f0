import type { ErrorObject } from 'ajv';
import leven from 'leven';
import type { Fault } from '../aci/errors.ts';
import { toPointer } from '../aci/jsonPointer.ts';

/** Every fault of a value against one schema; none when it fits. */
export type Check = (value: unknown) => Fault[];

type Validate = { (value: unknown): unknown; errors?: ErrorObject[] | null | undefined; schema?: unknown };

/** Turns an ajv validator, compiled with `ajvOptions`, into a check. */
export function checkWith(validate: Validate): Check {
  return (value) => (validate(value) ? [] : (validate.errors ?? []).flatMap(faultOf));
}

/** Longer words are no misspelling of anything, and take long to compare. */
const mostCharacters = 64;

/** The candidate that a misspelt word most likely means; undefined when none is near. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > mostCharacters) {
    return undefined;
  }
  const near = candidates
    .map((candidate) => ({ candidate, distance: leven(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(word.length / 3)));
  return near.sort((one, other) => one.distance - other.distance)[0]?.candidate;
}

function faultOf({ keyword, instancePath, params, message, parentSchema }: ErrorObject): Fault[] {
  switch (keyword) {
    case 'additionalProperties': {
      const member = String(params['additionalProperty']);
      const members = Object.keys(parentSchema?.['properties'] ?? {});
      const meant = closest(member, members);
      return [
        {
          code: 'UnknownMember',
          target: `${instancePath}${toPointer(member)}`,
          message: `'${member}' is not known here${meant ? `; did you mean '${meant}'?` : `. Known: ${members.join(', ')}.`}`,
        },
      ];
    }
    case 'required':
      return [
        {
          code: 'MissingMember',
          target: `${instancePath}${toPointer(String(params['missingProperty']))}`,
          message: `'${params['missingProperty']}' is required.`,
        },
      ];
    case 'enum':
      return [
        invalid(
          instancePath,
          `must be one of ${(params['allowedValues'] as unknown[]).map(String).join(', ')}`,
        ),
      ];
    case 'if':
    case 'propertyNames':
      return []; // they only say that another error, which is listed too, was found
    default:
      return [invalid(instancePath, message ?? `breaks '${keyword}'`)];
  }
}

function invalid(target: string, message: string): Fault {
  return {
    code: 'InvalidValue',
    target,
    message: `${target === '' ? 'The body' : `'${target}'`} ${message}.`,
  };
}
