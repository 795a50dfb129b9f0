import type { Fault } from '../errors.ts';
import { isObject } from '../json.ts';
import { toPointer } from '../jsonPointer.ts';

/**
 * What a value of a document must be.
 *
 * `read` answers the value as far as it is that, and adds each fault with its JSON Pointer to `faults`. What is of another type
 * becomes undefined where it stands, so that the rest can be judged; members that no shape names stay as they are.
 */
export type Shape<Value> = {
  read(value: unknown, pointer: string, faults: Fault[]): Value | undefined;
};

/** The value that a shape reads. */
export type Read<Of> = Of extends Shape<infer Value> ? Value : never;

type Shapes = Record<string, Shape<unknown>>;

export const text = scalar('string', (value): value is string => typeof value === 'string');
export const flag = scalar('boolean', (value): value is boolean => typeof value === 'boolean');
export const integer = scalar('integer', (value): value is number => Number.isInteger(value));
export const number = scalar('number', (value): value is number => Number.isFinite(value));
export const anything: Shape<unknown> = { read: (value) => value };

export function listOf<Item>(item: Shape<Item>): Shape<(Item | undefined)[]> {
  return {
    read: (value, pointer, faults) =>
      Array.isArray(value)
        ? value.map((one, index) => item.read(one, `${pointer}/${index}`, faults))
        : wrongType('array', pointer, faults),
  };
}

/** An object whose members may have any name. */
export function mapOf<Value>(shape: Shape<Value>): Shape<Record<string, Value | undefined>> {
  return {
    read: (value, pointer, faults) =>
      isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, one]) => [
              name,
              shape.read(one, `${pointer}${toPointer(name)}`, faults),
            ]),
          )
        : wrongType('object', pointer, faults),
  };
}

/** An object; a member that is null counts as absent, as it does to ARM, and one of another type is there as undefined. */
export function object<Required extends Shapes, Optional extends Shapes>(
  required: Required,
  optional: Optional,
): Shape<{
  [Name in keyof (Required & Optional)]?: Read<(Required & Optional)[Name]> | undefined;
}> {
  const shapes = Object.entries({ ...required, ...optional });
  return {
    read: (value, pointer, faults) => {
      if (!isObject(value)) {
        return wrongType('object', pointer, faults);
      }
      const read: Record<string, unknown> = { ...value };
      for (const [name, shape] of shapes) {
        const member = Object.hasOwn(value, name) ? value[name] : undefined;
        if (member !== undefined && member !== null) {
          read[name] = shape.read(member, `${pointer}${toPointer(name)}`, faults);
          continue;
        }
        delete read[name];
        if (Object.hasOwn(required, name)) {
          faults.push({
            code: 'MissingMember',
            target: `${pointer}${toPointer(name)}`,
            message: `'${name}' is required.`,
          });
        }
      }
      return read as never;
    },
  };
}

function scalar<Value>(name: string, is: (value: unknown) => value is Value): Shape<Value> {
  return {
    read: (value, pointer, faults) => (is(value) ? value : wrongType(name, pointer, faults)),
  };
}

function wrongType(wanted: string, target: string, faults: Fault[]): undefined {
  const what = target === '' ? 'The document' : `'${target}'`;
  faults.push({ code: 'InvalidValue', target, message: `${what} must be ${wanted}.` });
}
