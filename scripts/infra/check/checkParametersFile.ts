import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closest } from '../../../src/validation/faults.ts';
import type { BicepFault } from '../bicep/ast.ts';
import { requiredOf } from './checkModule.ts';
import type { Project } from './project.ts';

const path = 'main.parameters.json';

/** Checks that the parameters file gives what main.bicep declares and must have. */
export function checkParametersFile({ folder, main, files }: Project): BicepFault[] {
  const file = files.get(main);
  if (!file || !existsSync(join(folder, path))) {
    return [];
  }
  const { parameters } = JSON.parse(readFileSync(join(folder, path), 'utf8')) as {
    parameters: Record<string, { value?: unknown }>;
  };
  const declared = file.parameters.map(({ name }) => name);
  const fault = (message: string) => ({ path, line: 1, column: 1, message });
  return [
    ...Object.keys(parameters)
      .filter((name) => !declared.includes(name))
      .map((name) => {
        const meant = closest(name, declared);
        return fault(`${main} has no parameter '${name}'${meant ? `; did you mean '${meant}'?` : '.'}`);
      }),
    ...file.parameters.flatMap(({ name, type }) => {
      const wrong = Object.hasOwn(parameters, name) ? valueFault(parameters[name]?.value, type) : undefined;
      return wrong === undefined ? [] : [fault(`'${name}' ${wrong}.`)];
    }),
    ...requiredOf(file)
      .filter(({ name }) => !Object.hasOwn(parameters, name))
      .map(({ name }) => fault(`${main} needs the parameter '${name}'.`)),
  ];
}

/** What is wrong with a value, in the place of which azd puts that of a variable, or the default behind the equals sign. */
function valueFault(value: unknown, type: string): string | undefined {
  const [all, fallback = ''] =
    typeof value === 'string' ? (/^\$\{[A-Z_]+(?:=([^{}]*))?\}$/.exec(value) ?? []) : [];
  if (all === undefined) {
    return 'has no value that is one variable of the azd environment';
  }
  const fits = { bool: /^(?:true|false)$/, int: /^\d+$/ }[type];
  return fits === undefined || fits.test(fallback)
    ? undefined
    : `is '${fallback}' by default, which is not ${type}`;
}
