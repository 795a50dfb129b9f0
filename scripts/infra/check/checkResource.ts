import type { Expression, Member, ObjectExpression, Resource } from '../bicep/ast.ts';
import { checkObject } from './checkValue.ts';
import { kindOf } from './kindOf.ts';
import { itemOf } from './kinds.ts';
import { quiet, type Scope, withLocals } from './scope.ts';

/** Members of a resource that are Bicep's own, not its type's. */
const ofBicep = ['scope', 'parent', 'dependsOn'];

/** Checks one resource against its type, its parent, and where it may be deployed. */
export function checkResource(resource: Resource, scope: Scope): void {
  const { body, locals } = innermost(resource.body, scope);
  if (!body) {
    scope.report(resource, `'${resource.name}' has no body.`);
    return;
  }
  const type = scope.types[resource.type];
  if (!type) {
    scope.report(
      resource,
      `No type of ${resource.type} is kept here: node scripts/infra/writeBicepTypes.ts fetches it.`,
    );
    return;
  }
  const inner = { ...scope, locals };
  const own = body.members.filter(({ key }) => !ofBicep.includes(String(key)));
  if (resource.isExisting) {
    own
      .filter(({ key }) => key !== 'name')
      .forEach(
        (member) => void scope.report(member, `An existing resource takes no '${String(member.key)}'.`),
      );
    memberOf(body, 'name') || scope.report(resource, `'name' is missing.`);
  } else {
    checkObject({ ...body, members: own }, type.body, { resource: type, path: '' }, inner);
    const isElsewhere = memberOf(body, 'scope') !== undefined || memberOf(body, 'parent') !== undefined;
    if (!isElsewhere && !allows(type.scopes, scope.file.targetScope)) {
      scope.report(
        resource,
        `${resource.type} cannot be deployed to a ${scope.file.targetScope}, only to ${type.scopes}.`,
      );
    }
  }
  checkParent(resource, body, scope);
}

/** What stands in loops and conditions, and what those name there. */
export function innermost(
  body: Expression,
  scope: Scope,
): { body: ObjectExpression | undefined; locals: Scope['locals']; outside: Expression[] } {
  if (body.kind === 'for') {
    const item = itemOf(kindOf(body.of, quiet(scope)));
    const inner = innermost(body.body, withLocals(scope, body.variables, item));
    return { ...inner, outside: [body.of, ...inner.outside] };
  }
  if (body.kind === 'if') {
    const inner = innermost(body.body, scope);
    return { ...inner, outside: [body.condition, ...inner.outside] };
  }
  return { body: body.kind === 'object' ? body : undefined, locals: scope.locals, outside: [] };
}

export function memberOf(body: ObjectExpression, name: string): Member | undefined {
  return body.members.find(({ key }) => key === name);
}

function allows(scopes: string, target: string): boolean {
  return (
    scopes === 'AllExceptExtension' ||
    scopes.split(', ').some((each) => each.toLowerCase() === target.toLowerCase())
  );
}

function checkParent(resource: Resource, body: ObjectExpression, scope: Scope): void {
  const type = resource.type.split('@')[0] ?? '';
  const parent = memberOf(body, 'parent');
  if (parent?.value.kind === 'name') {
    const symbol = scope.symbols.get(parent.value.name);
    const parentType = symbol?.is === 'resource' ? symbol.declared.type.split('@')[0] : undefined;
    const wanted = type.split('/').slice(0, -1).join('/');
    if (parentType !== wanted) {
      scope.report(
        parent,
        `The parent of a ${type} is a ${wanted}, not a ${parentType ?? 'something else'}.`,
      );
    }
  } else if (parent) {
    scope.report(parent, 'A parent is the name of a resource.');
  } else if (type.split('/').length > 2) {
    scope.report(resource, `A ${type} needs its 'parent'.`);
  }
}
