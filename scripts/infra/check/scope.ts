import type { BicepFault, BicepFile, Module, Parameter, Place, Resource, Variable } from '../bicep/ast.ts';
import type { ObjectType, ResourceType } from '../types/resourceTypes.ts';
import type { Kind } from './kinds.ts';
import type { Project } from './project.ts';

export type Symbol =
  | { is: 'parameter'; declared: Parameter }
  | { is: 'variable'; declared: Variable }
  | { is: 'resource'; declared: Resource }
  | { is: 'module'; declared: Module };

/** What a file's expressions are checked with. */
export type Scope = {
  project: Project;
  file: BicepFile;
  symbols: ReadonlyMap<string, Symbol>;
  /** What lambdas and loops name. */
  locals: ReadonlyMap<string, Kind>;
  /** Names that something refers to. */
  used: Set<string>;
  types: Readonly<Record<string, ResourceType>>;
  /** Gets every object type that is looked at. */
  onLook: (resource: ResourceType, type: string) => void;
  report: (at: Place, message: string) => void;
  /** Gets what is taken as it is. */
  leaveUnchecked: (at: Place, what: string) => void;
};

/** The scope of a file, and what is declared in it twice. */
export function scopeOf(
  project: Project,
  file: BicepFile,
  {
    types,
    onLook,
    faults,
    unchecked,
  }: Pick<Scope, 'types' | 'onLook'> & { faults: BicepFault[]; unchecked: BicepFault[] },
): Scope {
  const report = ({ line, column }: Place, message: string) => {
    faults.push({ path: file.path, line, column, message });
  };
  const symbols = new Map<string, Symbol>();
  const declare = (symbol: Symbol) => {
    if (symbols.has(symbol.declared.name)) {
      report(symbol.declared, `'${symbol.declared.name}' is declared twice.`);
    }
    symbols.set(symbol.declared.name, symbol);
  };
  for (const declared of file.parameters) {
    declare({ is: 'parameter', declared });
  }
  for (const declared of file.variables) {
    declare({ is: 'variable', declared });
  }
  for (const declared of file.resources) {
    declare({ is: 'resource', declared });
  }
  for (const declared of file.modules) {
    declare({ is: 'module', declared });
  }
  const leaveUnchecked = ({ line, column }: Place, message: string) => {
    unchecked.push({ path: file.path, line, column, message });
  };
  return {
    project,
    file,
    symbols,
    locals: new Map(),
    used: new Set(),
    types,
    onLook,
    report,
    leaveUnchecked,
  };
}

export function withLocals(scope: Scope, names: readonly string[], kind: Kind): Scope {
  return { ...scope, locals: new Map([...scope.locals, ...names.map((name) => [name, kind] as const)]) };
}

/** The same scope, in which nobody hears of faults that have been told already. */
export function quiet(scope: Scope): Scope {
  return { ...scope, report: () => undefined, leaveUnchecked: () => undefined };
}

/** The type behind a `#Name`; undefined, and reported, where it is not kept. */
export function objectType(
  scope: Scope,
  resource: ResourceType,
  name: string,
  at: Place,
): ObjectType | undefined {
  scope.onLook(resource, name);
  const type = resource.types[name];
  if (!type) {
    scope.report(at, `The type ${name} is not kept here: node scripts/infra/writeBicepTypes.ts fetches it.`);
  }
  return type;
}
