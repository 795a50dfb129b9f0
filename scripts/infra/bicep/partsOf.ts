import type { Expression } from './ast.ts';

/** The expressions that one is put together from. */
export function partsOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'string':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'member':
      return [expression.of];
    case 'call':
      return [...(expression.callee.kind === 'name' ? [] : [expression.callee]), ...expression.given];
    case 'ternary':
      return [expression.condition, expression.consequence, expression.alternative];
    case 'operator':
      return expression.operands;
    case 'array':
      return expression.items;
    case 'object':
      return expression.members.flatMap(({ key, value }) =>
        typeof key === 'string' ? [value] : [key, value],
      );
    case 'index':
      return [expression.of, expression.index];
    case 'lambda':
      return [expression.body];
    case 'for':
      return [expression.of, expression.body];
    case 'if':
      return [expression.condition, expression.body];
    default:
      return [];
  }
}
