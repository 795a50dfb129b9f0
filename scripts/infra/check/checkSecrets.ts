import type { Expression, Parameter } from '../bicep/ast.ts';
import { partsOf } from '../bicep/partsOf.ts';
import { innermost, memberOf } from './checkResource.ts';
import type { Scope } from './scope.ts';

/** Functions whose answer tells nothing of a secret but whether it is there. */
const silent = ['empty', 'length'];

/** Reports outputs that show a secret, and a vault's secret asked for elsewhere than for a parameter of a module (BCP180). */
export function checkSecrets(scope: Scope): void {
  const { file, report } = scope;
  for (const output of file.outputs) {
    if (showsSecret(output.value, scope)) {
      report(output, `The output '${output.name}' shows a secret.`);
    }
  }
  for (const { value } of [...file.variables, ...file.outputs]) {
    reportGetSecret(value, scope);
  }
  for (const { body } of file.resources) {
    reportGetSecret(body, scope);
  }
  for (const module of file.modules) {
    const { body } = innermost(module.body, scope);
    const params = body && memberOf(body, 'params')?.value;
    const given = params?.kind === 'object' ? params.members.map(({ value }) => value) : [];
    given.filter((value) => !isGetSecret(value)).forEach((value) => void reportGetSecret(value, scope));
  }
}

export function isSecure({ decorators }: Parameter): boolean {
  return decorators.some(({ name }) => name === 'secure');
}

/** Whether a secret could be read from what an expression comes to. */
export function showsSecret(expression: Expression, scope: Scope): boolean {
  switch (expression.kind) {
    case 'name': {
      const symbol = scope.locals.has(expression.name) ? undefined : scope.symbols.get(expression.name);
      return symbol?.is === 'parameter'
        ? isSecure(symbol.declared)
        : symbol?.is === 'variable' && showsSecret(symbol.declared.value, scope);
    }
    case 'call':
      if (isGetSecret(expression)) {
        return true;
      }
      return (
        !(expression.callee.kind === 'name' && silent.includes(expression.callee.name)) &&
        expression.given.some((each) => showsSecret(each, scope))
      );
    case 'ternary':
      return [expression.consequence, expression.alternative].some((each) => showsSecret(each, scope));
    default:
      return partsOf(expression).some((each) => showsSecret(each, scope));
  }
}

function reportGetSecret(expression: Expression, scope: Scope): void {
  if (isGetSecret(expression)) {
    scope.report(expression, 'getSecret may only be what a parameter of a module is given.');
  }
  for (const part of partsOf(expression)) {
    reportGetSecret(part, scope);
  }
}

function isGetSecret(expression: Expression): boolean {
  return (
    expression.kind === 'call' &&
    expression.callee.kind === 'member' &&
    expression.callee.name === 'getSecret'
  );
}
