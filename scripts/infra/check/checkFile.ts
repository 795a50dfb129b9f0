import { closest } from '../../../src/validation/faults.ts';
import type { Decorator, Expression } from '../bicep/ast.ts';
import { type Decorated, decorators as known } from '../bicep/functions.ts';
import { partsOf } from '../bicep/partsOf.ts';
import { checkCycles } from './checkCycles.ts';
import { checkModule } from './checkModule.ts';
import { checkResource } from './checkResource.ts';
import { checkScopes } from './checkScopes.ts';
import { checkSecrets } from './checkSecrets.ts';
import { checkStart } from './checkStart.ts';
import { kindOf } from './kindOf.ts';
import { basicKind } from './kinds.ts';
import { quiet, type Scope } from './scope.ts';

/** Checks all that one file declares. */
export function checkFile(scope: Scope): void {
  const { file, report, used } = scope;
  if (checkCycles(scope)) {
    return;
  }
  checkDecorators('parameter', file.parameters, scope);
  checkDecorators('variable', file.variables, scope);
  checkDecorators('resource', file.resources, scope);
  checkDecorators('module', file.modules, scope);
  checkDecorators('output', file.outputs, scope);
  for (const { value, ...parameter } of file.parameters) {
    const kind = value && basicKind(kindOf(value, scope));
    if (kind !== undefined && kind !== parameter.type && !(kind === 'null' && parameter.isNullable)) {
      report(parameter, `The default of '${parameter.name}' is ${kind}, which is not ${parameter.type}.`);
    }
    for (const name of value ? namesIn(value) : []) {
      if (scope.symbols.get(name)?.is !== 'parameter') {
        report(parameter, `The default of '${parameter.name}' uses '${name}', and may use parameters alone.`);
      }
    }
  }
  for (const { value } of file.variables) {
    kindOf(value, scope);
  }
  for (const declared of [...file.resources, ...file.modules]) {
    kindOf(declared.body, scope);
  }
  for (const output of file.outputs) {
    const kind = basicKind(kindOf(output.value, scope));
    if (kind !== undefined && kind !== output.type) {
      report(output, `The output '${output.name}' is ${kind}, which is not ${output.type}.`);
    }
    if (file.outputs.find(({ name }) => name === output.name) !== output) {
      report(output, `The output '${output.name}' is declared twice.`);
    }
  }
  for (const resource of file.resources) {
    checkResource(resource, scope);
  }
  for (const module of file.modules) {
    checkModule(module, scope);
  }
  checkStart(quietly(scope));
  checkScopes(scope);
  checkSecrets(scope);
  for (const { is, declared } of scope.symbols.values()) {
    const isNeeded = is === 'parameter' || is === 'variable' || (is === 'resource' && declared.isExisting);
    if (isNeeded && !used.has(declared.name)) {
      report(declared, `Nothing uses '${declared.name}'.`);
    }
  }
}

/** Names that an expression uses, those of lambdas and loops aside. */
function namesIn(expression: Expression): string[] {
  const inner = partsOf(expression).flatMap(namesIn);
  return expression.kind === 'name'
    ? [expression.name]
    : expression.kind === 'lambda'
      ? inner.filter((name) => !expression.parameters.includes(name))
      : expression.kind === 'for'
        ? inner.filter((name) => !expression.variables.includes(name))
        : inner;
}

/** The scope for looking at expressions again, whose own faults have been told. */
function quietly(scope: Scope): Scope {
  return { ...quiet(scope), report: scope.report };
}

function checkDecorators(
  before: Decorated,
  declared: readonly { decorators: readonly Decorator[] }[],
  scope: Scope,
): void {
  for (const { name, given, ...at } of declared.flatMap(({ decorators }) => decorators)) {
    const shape = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!shape) {
      const meant = closest(name, Object.keys(known));
      scope.report(at, `There is no decorator '${name}'${meant ? `; did you mean '${meant}'?` : '.'}`);
    } else if (!shape.before.includes(before)) {
      scope.report(
        at,
        `'@${name}' stands before a ${before}, and may only before: ${shape.before.join(', ')}.`,
      );
    } else if (given.length !== shape.takes) {
      scope.report(at, `'@${name}' takes ${shape.takes} arguments, not ${given.length}.`);
    }
    given.forEach((each) => void kindOf(each, scope));
  }
}
