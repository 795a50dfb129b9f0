/** Bicep as the check reads it: what a file declares, and expressions. Positions count lines and columns from 1. */

export type Place = { line: number; column: number };

export type Expression = Place &
  (
    | { kind: 'string'; parts: (string | Expression)[] }
    | { kind: 'number'; value: number }
    | { kind: 'boolean'; value: boolean }
    | { kind: 'null' }
    | { kind: 'name'; name: string }
    | { kind: 'object'; members: Member[] }
    | { kind: 'array'; items: Expression[] }
    | { kind: 'member'; of: Expression; name: string }
    | { kind: 'index'; of: Expression; index: Expression }
    | { kind: 'call'; callee: Expression; given: Expression[] }
    | { kind: 'lambda'; parameters: string[]; body: Expression }
    | { kind: 'ternary'; condition: Expression; consequence: Expression; alternative: Expression }
    | { kind: 'operator'; operator: string; operands: Expression[] }
    | { kind: 'for'; variables: string[]; of: Expression; body: Expression }
    | { kind: 'if'; condition: Expression; body: Expression }
  );

export type ObjectExpression = Extract<Expression, { kind: 'object' }>;

export type Member = Place & { key: string | Expression; value: Expression };

export type Decorator = Place & { name: string; given: Expression[] };

export type Parameter = Place & {
  name: string;
  /** Such as `string`, `object` or `array`. */
  type: string;
  isNullable: boolean;
  value: Expression | undefined;
  decorators: Decorator[];
};

export type Variable = Place & { name: string; value: Expression; decorators: Decorator[] };

export type Resource = Place & {
  name: string;
  /** Such as `Microsoft.Web/sites@2024-11-01`. */
  type: string;
  isExisting: boolean;
  body: Expression;
  decorators: Decorator[];
};

export type Module = Place & { name: string; path: string; body: Expression; decorators: Decorator[] };

export type Output = Place & { name: string; type: string; value: Expression; decorators: Decorator[] };

export type BicepFile = {
  path: string;
  targetScope: string;
  parameters: Parameter[];
  variables: Variable[];
  resources: Resource[];
  modules: Module[];
  outputs: Output[];
};

/** One thing wrong, and where. */
export type BicepFault = Place & { path: string; message: string };
