import type { Expression, Variable } from '../bicep/ast.ts';
import { partsOf } from '../bicep/partsOf.ts';
import type { Scope } from './scope.ts';

/** Reports variables that are made from themselves. @returns whether there are any, which nothing else may look at then. */
export function checkCycles(scope: Scope): boolean {
  const circular = scope.file.variables.filter((variable) => reached(variable, scope).has(variable.name));
  for (const variable of circular) {
    scope.report(variable, `'${variable.name}' is made from itself.`);
  }
  return circular.length > 0;
}

/** The variables that one is made from, in any number of steps. */
function reached({ value }: Variable, { symbols }: Scope): Set<string> {
  const names = new Set<string>();
  const look = (expression: Expression): void => {
    const symbol = expression.kind === 'name' ? symbols.get(expression.name) : undefined;
    if (symbol?.is === 'variable' && !names.has(symbol.declared.name)) {
      names.add(symbol.declared.name);
      look(symbol.declared.value);
    }
    partsOf(expression).forEach(look);
  };
  look(value);
  return names;
}
