import type { Expression, Module, ObjectExpression, Resource } from '../bicep/ast.ts';
import { innermost, memberOf } from './checkResource.ts';
import type { Scope } from './scope.ts';

/** What answers a scope: https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-scope. */
const scopeFunctions = ['managementGroup', 'resourceGroup', 'subscription', 'tenant'];
const resourceGroups = 'Microsoft.Resources/resourceGroups';

/** Checks what resources and modules are deployed to and after, and that no two modules are one deployment there. */
export function checkScopes(scope: Scope): void {
  for (const { body: declared } of [...scope.file.resources, ...scope.file.modules]) {
    const { body } = innermost(declared, scope);
    const dependsOn = body && memberOf(body, 'dependsOn')?.value;
    for (const each of dependsOn?.kind === 'array' ? dependsOn.items : []) {
      const symbol = each.kind === 'name' ? scope.symbols.get(each.name) : undefined;
      if (symbol?.is !== 'resource' && symbol?.is !== 'module') {
        scope.report(each, "'dependsOn' has names of resources and modules alone.");
      }
    }
  }
  for (const resource of scope.file.resources) {
    checkResourceScope(resource, scope);
  }
  const seen = new Set<string>();
  for (const module of scope.file.modules) {
    const { body } = innermost(module.body, scope);
    const target = body && memberOf(body, 'scope')?.value;
    if (target && !isResource(target, scope, resourceGroups) && !isScopeCall(target)) {
      scope.report(
        target,
        'The scope of a module is a resource group, a subscription, a management group or the tenant.',
      );
    }
    const deployment = body && deploymentOf(module, body);
    if (deployment !== undefined && seen.has(deployment)) {
      scope.report(
        module,
        `Another module has the name of '${module.name}' in the same scope, and one deployment ends the other.`,
      );
    }
    deployment === undefined || seen.add(deployment);
  }
}

function checkResourceScope(resource: Resource, scope: Scope): void {
  const { body } = innermost(resource.body, scope);
  const target = body && memberOf(body, 'scope')?.value;
  if (!body || !target) {
    return;
  }
  if (memberOf(body, 'parent')) {
    scope.report(target, `'${resource.name}' has a parent, so it takes no scope.`);
  }
  if (resource.isExisting && (isScopeCall(target) || isResource(target, scope, resourceGroups))) {
    return;
  }
  if (!isResource(target, scope)) {
    scope.report(target, `The scope of '${resource.name}' is no resource that is declared here.`);
  } else if (!resource.type.startsWith('Microsoft.Authorization/')) {
    scope.report(target, `${resource.type} is no extension of another resource, so it takes no scope.`);
  }
}

/** What ARM tells a module's deployment by; undefined where its name is not plain. */
function deploymentOf({ body: declared }: Module, body: ObjectExpression): string | undefined {
  const name = memberOf(body, 'name')?.value;
  const target = memberOf(body, 'scope')?.value;
  return declared.kind !== 'for' &&
    name?.kind === 'string' &&
    name.parts.every((part) => typeof part === 'string')
    ? JSON.stringify([target?.kind === 'name' ? target.name : '', name.parts.join('').toLowerCase()])
    : undefined;
}

function isResource(expression: Expression, scope: Scope, type?: string): boolean {
  const symbol = expression.kind === 'name' ? scope.symbols.get(expression.name) : undefined;
  return symbol?.is === 'resource' && (type === undefined || symbol.declared.type.startsWith(`${type}@`));
}

function isScopeCall(expression: Expression): boolean {
  return (
    expression.kind === 'call' &&
    expression.callee.kind === 'name' &&
    scopeFunctions.includes(expression.callee.name)
  );
}
