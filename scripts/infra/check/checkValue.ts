import { closest } from '../../../src/validation/faults.ts';
import type { Expression, Member, ObjectExpression, Place } from '../bicep/ast.ts';
import type { ObjectType, Property, ResourceType } from '../types/resourceTypes.ts';
import { kindOf } from './kindOf.ts';
import { basicKind, itemOf, type Kind } from './kinds.ts';
import { objectType, quiet, type Scope, withLocals } from './scope.ts';

/** Where a value stands: the type that it must have, whose type that is, and its path for people. */
export type Expected = { type: string; resource: ResourceType; path: string };

/** Reports what of a value does not fit its type. Open lists of words are taken as closed: all that is written here is on them. */
export function checkValue(expression: Expression, expected: Expected, scope: Scope, isPart = false): void {
  const { type, path } = expected;
  if (type === 'any') {
    return;
  }
  const isList = type.endsWith('[]');
  switch (expression.kind) {
    case 'null':
      return;
    case 'ternary':
      checkValue(expression.consequence, expected, scope, isPart);
      checkValue(expression.alternative, expected, scope, isPart);
      return;
    case 'if':
      checkValue(expression.body, expected, scope, isPart);
      return;
    case 'object':
      if (type.startsWith('#') && !isList) {
        const object = objectType(scope, expected.resource, type.slice(1), expression);
        object && checkObject(expression, object, expected, scope, isPart);
        return;
      }
      break;
    case 'array':
      if (isList) {
        for (const item of expression.items) {
          checkValue(item, itemExpected(expected), scope);
        }
        return;
      }
      break;
    case 'for':
      if (isList) {
        const item = itemOf(kindOf(expression.of, quiet(scope)));
        checkValue(expression.body, itemExpected(expected), withLocals(scope, expression.variables, item));
        return;
      }
      break;
    case 'string':
      if (expression.parts.every((part) => typeof part === 'string')) {
        checkWord(expression.parts.join(''), expected, expression, scope);
        return;
      }
      break;
    case 'name': {
      const symbol = scope.locals.has(expression.name) ? undefined : scope.symbols.get(expression.name);
      if (symbol?.is === 'variable') {
        checkValue(symbol.declared.value, expected, { ...scope, locals: new Map() }, isPart);
        return;
      }
      break;
    }
    case 'call': {
      const [first, second] = expression.given;
      const name = expression.callee.kind === 'name' ? expression.callee.name : '';
      if (name === 'map' && isList && first && second?.kind === 'lambda') {
        const item = itemOf(kindOf(first, quiet(scope)));
        checkValue(second.body, itemExpected(expected), withLocals(scope, second.parameters, item));
        return;
      }
      if (name === 'union' || name === 'concat') {
        for (const each of expression.given) {
          checkValue(each, expected, scope, true);
        }
        return;
      }
      break;
    }
    default:
  }
  checkKind(kindOf(expression, quiet(scope)), expected, expression, scope, path);
}

/** Reports members that a type does not have, that Azure alone writes, and that are missing. */
export function checkObject(
  expression: ObjectExpression,
  type: ObjectType,
  { resource, path }: Omit<Expected, 'type'>,
  scope: Scope,
  isPart = false,
): void {
  const variant = variantOf(expression, type, scope);
  const properties: Record<string, Property> = { ...type.properties, ...variant?.properties };
  const seen = new Set<string>();
  for (const member of expression.members) {
    checkMember(
      member,
      { properties, others: type.others ?? variant?.others, seen },
      { resource, path },
      scope,
    );
  }
  const missing = Object.entries(properties).filter(
    ([name, { required, readOnly }]) => required && !readOnly && !seen.has(name),
  );
  if (!isPart) {
    for (const [name] of missing) {
      scope.report(expression, `'${name}' is missing${path ? ` in '${path}'` : ''}.`);
    }
  }
}

function checkMember(
  { key, value, ...at }: Member,
  {
    properties,
    others,
    seen,
  }: { properties: Record<string, Property>; others: string | undefined; seen: Set<string> },
  { resource, path }: Omit<Expected, 'type'>,
  scope: Scope,
): void {
  const name = typeof key === 'string' ? key : '';
  const inner = path ? `${path}.${name}` : name;
  if (seen.has(name) && name !== '') {
    scope.report(at, `'${inner}' is there twice.`);
  }
  seen.add(name);
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (property?.readOnly) {
    scope.report(at, `'${inner}' is written by Azure alone.`);
  } else if (property) {
    checkValue(value, { type: property.type, resource, path: inner }, scope);
    if (property.required && value.kind === 'null') {
      scope.report(at, `'${inner}' is required, and null.`);
    }
  } else if (others !== undefined) {
    checkValue(value, { type: others, resource, path: inner }, scope);
  } else if (name !== '') {
    const meant = closest(name, Object.keys(properties));
    scope.report(at, `There is no property '${inner}'${meant ? `; did you mean '${meant}'?` : '.'}`);
  }
}

function variantOf(
  expression: ObjectExpression,
  { discriminator, variants }: ObjectType,
  scope: Scope,
): ObjectType | undefined {
  if (discriminator === undefined || variants === undefined) {
    return undefined;
  }
  const value = expression.members.find(({ key }) => key === discriminator)?.value;
  const word = value?.kind === 'string' ? value.parts.join('') : undefined;
  const variant = word === undefined ? undefined : variants[word];
  if (!variant) {
    const meant = word === undefined ? undefined : closest(word, Object.keys(variants));
    scope.report(
      value ?? expression,
      `'${discriminator}' must be one of ${Object.keys(variants).join(', ')}${meant ? `; did you mean '${meant}'?` : '.'}`,
    );
  }
  return variant;
}

function checkWord(word: string, { type, path }: Expected, at: Place, scope: Scope): void {
  const words = type.split(' | ');
  if (type === 'string' || words.includes(word)) {
    return;
  }
  const isOfWords = !/^(?:int|bool|#.*|.*\[\])$/.test(type);
  const listed = words.filter((each) => each !== 'string');
  const meant = isOfWords ? closest(word, listed) : undefined;
  scope.report(
    at,
    `'${path}' is '${word}', which is not ${isOfWords ? listed.join(', ') : nameOf(type)}${meant ? `; did you mean '${meant}'?` : '.'}`,
  );
}

function checkKind(kind: Kind, { type, resource }: Expected, at: Place, scope: Scope, path: string): void {
  if (kind.of === 'json') {
    for (const value of kind.values) {
      checkValue(fromJson(value, at), { type, resource, path }, scope);
    }
    return;
  }
  const basic = basicKind(kind);
  const wanted = nameOf(type);
  if (basic === undefined) {
    scope.leaveUnchecked(at, `what '${path}' is set to`);
  } else if (basic !== wanted && basic !== 'null') {
    scope.report(at, `'${path}' is ${basic}, which is not ${wanted}.`);
  }
}

function nameOf(type: string): string {
  return type.endsWith('[]')
    ? 'array'
    : type.startsWith('#')
      ? 'object'
      : type === 'int' || type === 'bool'
        ? type
        : 'string';
}

function itemExpected({ type, resource, path }: Expected): Expected {
  const words = type.slice(0, -2);
  return { type: words, resource, path: `${path}[]` };
}

function fromJson(value: unknown, at: Place): Expression {
  const { line, column } = at;
  if (typeof value === 'string') {
    return { kind: 'string', parts: [value], line, column };
  }
  if (typeof value === 'number') {
    return { kind: 'number', value, line, column };
  }
  if (typeof value === 'boolean') {
    return { kind: 'boolean', value, line, column };
  }
  if (Array.isArray(value)) {
    return { kind: 'array', items: value.map((item) => fromJson(item, at)), line, column };
  }
  const members = Object.entries(value ?? {}).map(([key, inner]) => ({
    key,
    value: fromJson(inner, at),
    line,
    column,
  }));
  return value === null ? { kind: 'null', line, column } : { kind: 'object', members, line, column };
}
