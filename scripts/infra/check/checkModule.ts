import { closest } from '../../../src/validation/faults.ts';
import type { BicepFile, Expression, Member, Module, Parameter } from '../bicep/ast.ts';
import { innermost, memberOf } from './checkResource.ts';
import { isSecure, showsSecret } from './checkSecrets.ts';
import { isOptional, kindOf } from './kindOf.ts';
import { basicKind } from './kinds.ts';
import { pathFrom } from './project.ts';
import { quiet, type Scope } from './scope.ts';

const moduleMembers = ['name', 'scope', 'params', 'dependsOn'];

/** Checks what a module is called with against what it declares. */
export function checkModule(module: Module, scope: Scope): void {
  const called = scope.project.files.get(pathFrom(scope.file.path, module.path));
  const { body, locals } = innermost(module.body, scope);
  if (!called || !body) {
    return; // told of already
  }
  reportTwice(body.members, scope);
  for (const member of body.members.filter(({ key }) => !moduleMembers.includes(String(key)))) {
    scope.report(member, `A module takes no '${String(member.key)}', only ${moduleMembers.join(', ')}.`);
  }
  if (called.targetScope !== scope.file.targetScope && !memberOf(body, 'scope')) {
    scope.report(module, `'${module.name}' is deployed to a ${called.targetScope}, so it needs a 'scope'.`);
  }
  const params = memberOf(body, 'params')?.value;
  const given = params?.kind === 'object' ? params.members : [];
  reportTwice(given, scope);
  for (const { key, value, ...at } of given) {
    const parameter = called.parameters.find(({ name }) => name === key);
    if (parameter) {
      checkGiven(value, parameter, { ...scope, locals });
    } else {
      const meant = closest(
        String(key),
        called.parameters.map(({ name }) => name),
      );
      scope.report(
        at,
        `${module.path} has no parameter '${String(key)}'${meant ? `; did you mean '${meant}'?` : '.'}`,
      );
    }
  }
  for (const { name } of requiredOf(called).filter(({ name }) => !given.some(({ key }) => key === name))) {
    scope.report(module, `${module.path} needs the parameter '${name}'.`);
  }
}

function reportTwice(members: readonly Member[], scope: Scope): void {
  for (const [index, { key, ...at }] of members.entries()) {
    if (members.findIndex((each) => each.key === key) < index) {
      scope.report(at, `'${String(key)}' is there twice.`);
    }
  }
}

/** The parameters that must be given. */
export function requiredOf({ parameters }: BicepFile): Parameter[] {
  return parameters.filter((parameter) => !isOptional(parameter));
}

function checkGiven(value: Expression, parameter: Parameter, scope: Scope): void {
  const kind = basicKind(kindOf(value, quiet(scope)));
  if (kind === undefined) {
    scope.leaveUnchecked(value, `what the parameter '${parameter.name}' is given`);
  } else if (kind !== parameter.type && !(kind === 'null' && parameter.isNullable)) {
    scope.report(value, `'${parameter.name}' is ${kind}, which is not ${parameter.type}.`);
  }
  if (showsSecret(value, scope) && !isSecure(parameter)) {
    scope.report(value, `'${parameter.name}' is given a secret, and is not @secure.`);
  }
}
