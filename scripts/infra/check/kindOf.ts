import { closest } from '../../../src/validation/faults.ts';
import type { Expression, Module, Parameter, Place, Resource } from '../bicep/ast.ts';
import { functions, scopeFunctions } from '../bicep/functions.ts';
import type { Property, ResourceType } from '../types/resourceTypes.ts';
import { basicKind, declaredKind, itemOf, type Kind, unknown } from './kinds.ts';
import { loadJson, pathFrom } from './project.ts';
import { objectType, quiet, type Scope, withLocals } from './scope.ts';

/** What is known of an expression; names, members and functions that are not there are reported on the way. */
export function kindOf(expression: Expression, scope: Scope): Kind {
  switch (expression.kind) {
    case 'string':
      for (const part of expression.parts) {
        typeof part === 'string' || kindOf(part, scope);
      }
      return { of: 'string' };
    case 'number':
      return { of: 'int' };
    case 'boolean':
      return { of: 'bool' };
    case 'null':
      return { of: 'null' };
    case 'name':
      return kindOfName(expression.name, expression, scope);
    case 'object': {
      const members = new Map<string, Kind>();
      for (const { key, value } of expression.members) {
        typeof key === 'string' || kindOf(key, scope);
        members.set(typeof key === 'string' ? key : '', kindOf(value, scope));
      }
      return { of: 'object', members: members.has('') ? undefined : members };
    }
    case 'array': {
      const kinds = expression.items.map((item) => kindOf(item, scope));
      return { of: 'array', item: kinds[0] ?? unknown };
    }
    case 'member':
      return memberOf(kindOf(expression.of, scope), expression.name, expression, scope);
    case 'index': {
      const of = kindOf(expression.of, scope);
      kindOf(expression.index, scope);
      const { index } = expression;
      return index.kind === 'string' && index.parts.every((part) => typeof part === 'string')
        ? memberOf(of, index.parts.join(''), expression, scope)
        : itemOf(of);
    }
    case 'call':
      return kindOfCall(expression, scope);
    case 'lambda':
      return kindOf(expression.body, withLocals(scope, expression.parameters, unknown));
    case 'ternary': {
      requireBool(expression.condition, scope);
      const [one, other] = [expression.consequence, expression.alternative].map((each) =>
        kindOf(each, scope),
      );
      return one?.of === 'null' || (one?.of !== other?.of && other?.of !== 'null')
        ? (other ?? unknown)
        : (one ?? unknown);
    }
    case 'operator':
      for (const operand of expression.operands) {
        ['!', '&&', '||'].includes(expression.operator)
          ? requireBool(operand, scope)
          : kindOf(operand, scope);
      }
      return ['+', '-', '*', '/', '%'].includes(expression.operator)
        ? { of: 'int' }
        : expression.operator === '??'
          ? unknown
          : { of: 'bool' };
    case 'for': {
      const item = itemOf(kindOf(expression.of, scope));
      return { of: 'array', item: kindOf(expression.body, withLocals(scope, expression.variables, item)) };
    }
    case 'if':
      requireBool(expression.condition, scope);
      return kindOf(expression.body, scope);
  }
}

function requireBool(expression: Expression, scope: Scope): void {
  const kind = basicKind(kindOf(expression, scope));
  if (kind !== undefined && kind !== 'bool') {
    scope.report(expression, `A condition is ${kind}, which is not bool.`);
  }
}

function kindOfName(name: string, at: Place, scope: Scope): Kind {
  const local = scope.locals.get(name);
  if (local) {
    return local;
  }
  const symbol = scope.symbols.get(name);
  if (!symbol) {
    const meant = closest(name, [...scope.symbols.keys(), ...scope.locals.keys()]);
    scope.report(at, `'${name}' is not declared${meant ? `; did you mean '${meant}'?` : '.'}`);
    return unknown;
  }
  scope.used.add(name);
  switch (symbol.is) {
    case 'parameter':
      return declaredKind(symbol.declared.type);
    case 'variable':
      // The variable's own faults are told where it is declared.
      return kindOf(symbol.declared.value, { ...scope, locals: new Map(), report: () => undefined });
    case 'resource':
      return kindOfResource(symbol.declared, scope);
    case 'module':
      return kindOfModule(symbol.declared, scope);
  }
}

function kindOfResource(resource: Resource, { types }: Scope): Kind {
  const type = types[resource.type];
  const kind: Kind = type ? { of: 'resource', object: type.body, resource: type } : unknown;
  return resource.body.kind === 'for' ? { of: 'array', item: kind } : kind;
}

function kindOfModule(module: Module, { project, file }: Scope): Kind {
  const called = project.files.get(pathFrom(file.path, module.path));
  const kind: Kind = called ? { of: 'module', file: called } : unknown;
  return module.body.kind === 'for' ? { of: 'array', item: kind } : kind;
}

function memberOf(kind: Kind, name: string, at: Place, scope: Scope): Kind {
  const missing = (known: readonly string[]): Kind => {
    const meant = closest(name, known);
    scope.report(
      at,
      `There is no member '${name}'${meant ? `; did you mean '${meant}'?` : `. Known: ${known.join(', ')}.`}`,
    );
    return unknown;
  };
  switch (kind.of) {
    case 'json': {
      const objects = kind.values.filter((value) => typeof value === 'object' && value !== null) as object[];
      const without = objects.find((value) => !Object.hasOwn(value, name));
      return without || objects.length < kind.values.length
        ? missing(Object.keys(without ?? {}))
        : { of: 'json', values: objects.map((value) => (value as Record<string, unknown>)[name]) };
    }
    case 'object':
      return kind.members === undefined
        ? unknown
        : (kind.members.get(name) ?? missing([...kind.members.keys()]));
    case 'module': {
      const outputs = new Map(kind.file.outputs.map((output) => [output.name, declaredKind(output.type)]));
      return name === 'outputs'
        ? { of: 'object', members: outputs }
        : name === 'name'
          ? { of: 'string' }
          : missing(['outputs', 'name']);
    }
    case 'resource':
    case 'typed': {
      const { properties, others } = kind.object;
      const property: Property | undefined = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (property) {
        return kindOfType(property.type, kind.resource, at, scope);
      }
      if (
        kind.object.discriminator !== undefined ||
        (kind.of === 'resource' && ['id', 'name', 'type'].includes(name))
      ) {
        return kind.object.discriminator !== undefined ? unknown : { of: 'string' };
      }
      return others === undefined
        ? missing(Object.keys(properties))
        : kindOfType(others, kind.resource, at, scope);
    }
    case 'string':
    case 'int':
    case 'bool':
    case 'array':
      return missing([]);
    default:
      return unknown;
  }
}

function kindOfType(type: string, resource: ResourceType, at: Place, scope: Scope): Kind {
  if (type.endsWith('[]')) {
    return { of: 'array', item: kindOfType(type.slice(0, -2), resource, at, scope) };
  }
  if (type.startsWith('#')) {
    const object = objectType(scope, resource, type.slice(1), at);
    return object ? { of: 'typed', object, resource } : unknown;
  }
  return type === 'any' ? unknown : type === 'int' || type === 'bool' ? { of: type } : { of: 'string' };
}

function kindOfCall({ callee, given, ...at }: Extract<Expression, { kind: 'call' }>, scope: Scope): Kind {
  if (callee.kind !== 'name') {
    // A method of a resource, such as getSecret.
    callee.kind === 'member' ? kindOf(callee.of, scope) : kindOf(callee, scope);
    given.map((each) => kindOf(each, scope));
    if (callee.kind !== 'member' || callee.name !== 'getSecret') {
      scope.report(at, 'The check knows no method but getSecret.');
    }
    return { of: 'string' };
  }
  const shape = Object.hasOwn(functions, callee.name) ? functions[callee.name] : undefined;
  if (!shape) {
    const meant = closest(callee.name, Object.keys(functions));
    scope.report(
      at,
      `The check knows no function '${callee.name}'${meant ? `; did you mean '${meant}'?` : '.'}`,
    );
    return unknown;
  }
  if (given.length < shape.least || given.length > shape.most) {
    scope.report(
      at,
      `${callee.name} takes ${shape.least === shape.most ? shape.least : `${shape.least} or more`} arguments, not ${given.length}.`,
    );
  }
  const [first, second] = given;
  for (const [index, each] of given.entries()) {
    const wanted = shape.takes?.[Math.min(index, shape.takes.length - 1)];
    const kind = each.kind === 'lambda' ? 'lambda' : wanted && basicKind(kindOf(each, quiet(scope)));
    if (wanted !== undefined && kind !== undefined && kind !== wanted) {
      scope.report(each, `${callee.name} is given ${kind}, which is not ${wanted}.`);
    }
    if (each.kind === 'lambda' && each.parameters.length > 2) {
      scope.report(each, `The function that ${callee.name} is given takes an item and its index, no more.`);
    }
  }
  if (callee.name === 'loadJsonContent') {
    const path = first?.kind === 'string' ? first.parts.join('') : '';
    const value = loadJson(scope.project, scope.file.path, path);
    if (value === undefined) {
      scope.report(at, `'${path}' is not there, or is no JSON.`);
    }
    return value === undefined ? unknown : { of: 'json', values: [value] };
  }
  if (Object.hasOwn(scopeFunctions, callee.name)) {
    given.map((each) => kindOf(each, scope));
    return { of: 'json', values: [scopeFunctions[callee.name]] };
  }
  const list = first ? kindOf(first, scope) : unknown;
  const item = callee.name === 'items' ? unknown : itemOf(list);
  const others = given
    .slice(1)
    .map((each) =>
      each.kind === 'lambda'
        ? kindOf(each.body, withLocals(scope, each.parameters, item))
        : kindOf(each, scope),
    );
  switch (callee.name) {
    case 'map':
      return { of: 'array', item: second?.kind === 'lambda' ? (others[0] ?? unknown) : unknown };
    case 'filter':
      return list;
    case 'split':
      return { of: 'array', item: { of: 'string' } };
    case 'items':
      return {
        of: 'array',
        item: {
          of: 'object',
          members: new Map([
            ['key', { of: 'string' }],
            ['value', unknown],
          ]),
        },
      };
    case 'concat':
    case 'union':
      return list.of === 'array' ? list : unknown;
    default:
      return declaredKind(shape.gives);
  }
}

/** Whether a parameter may be left out. */
export function isOptional({ value, isNullable }: Parameter): boolean {
  return value !== undefined || isNullable;
}
