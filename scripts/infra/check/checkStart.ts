import type { Expression } from '../bicep/ast.ts';
import { partsOf } from '../bicep/partsOf.ts';
import { innermost, memberOf } from './checkResource.ts';
import type { Scope } from './scope.ts';

/** Members of a resource that are known before it is deployed. */
const knownBefore = ['id', 'name', 'type', 'apiVersion'];

/**
 * Names, scopes, conditions and what is looped over must be known when a deployment starts: they may not hang on what another
 * resource or module answers (BCP120, BCP177, BCP178 of Bicep's compiler).
 */
export function checkStart(scope: Scope): void {
  for (const { body: declared } of [...scope.file.resources, ...scope.file.modules]) {
    const { body, outside } = innermost(declared, scope);
    const names = body ? ['name', 'scope'].flatMap((name) => memberOf(body, name)?.value ?? []) : [];
    for (const expression of [...outside, ...names]) {
      requireKnown(expression, scope);
    }
  }
}

function requireKnown(expression: Expression, scope: Scope): void {
  if (expression.kind === 'member') {
    const root = rootOf(expression);
    const symbol = root && scope.symbols.get(root.name);
    if (symbol?.is === 'module' || (symbol?.is === 'resource' && !knownBefore.includes(root?.member ?? ''))) {
      scope.report(
        expression,
        `'${root?.name}.${root?.member}' is not known when the deployment starts, and this must be.`,
      );
    }
    return;
  }
  if (expression.kind === 'name') {
    const symbol = scope.symbols.get(expression.name);
    if (symbol?.is === 'variable') {
      requireKnown(symbol.declared.value, scope);
    }
    return;
  }
  for (const part of partsOf(expression)) {
    requireKnown(part, scope);
  }
}

/** The name at the left of a chain of members, and the first of them. */
function rootOf(expression: Expression): { name: string; member: string } | undefined {
  if (expression.kind !== 'member') {
    return undefined;
  }
  return expression.of.kind === 'name'
    ? { name: expression.of.name, member: expression.name }
    : rootOf(expression.of);
}
