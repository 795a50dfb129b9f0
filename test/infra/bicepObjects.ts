import type { BicepFile, Expression, ObjectExpression } from '../../scripts/infra/bicep/ast.ts';
import { project } from './infraCopy.ts';

/** A file of infra/ as it was read. */
export function bicepFile(path: string): BicepFile {
  const file = project.files.get(path);
  if (!file) {
    throw new Error(`There is no ${path}.`);
  }
  return file;
}

/** The objects in an expression, outer ones first. */
export function objectsIn(expression: Expression): ObjectExpression[] {
  switch (expression.kind) {
    case 'object':
      return [expression, ...expression.members.flatMap(({ value }) => objectsIn(value))];
    case 'array':
      return expression.items.flatMap(objectsIn);
    case 'for':
    case 'if':
      return objectsIn(expression.body);
    case 'ternary':
      return [expression.consequence, expression.alternative].flatMap(objectsIn);
    default:
      return [];
  }
}

/** What a path of members leads to; undefined where one of them is not there. */
export function valueAt(expression: Expression | undefined, path: readonly string[]): Expression | undefined {
  const [name, ...rest] = path;
  if (name === undefined || expression === undefined) {
    return expression;
  }
  const object = expression.kind === 'if' ? expression.body : expression;
  const member = object.kind === 'object' ? object.members.find(({ key }) => key === name) : undefined;
  return valueAt(member?.value, rest);
}
