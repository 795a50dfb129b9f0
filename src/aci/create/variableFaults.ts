import type { Fault } from '../errors.ts';
import { variableNameFault } from '../plan/overrides.ts';
import type { Group } from './documentShape.ts';
import { allContainersOf, placedItems, repeated } from './placed.ts';

const values = ['value', 'secureValue', 'secureValueReference'] as const;

/**
 * What is wrong with environment variables: names that ACI refuses or that mark a run (a group that holds RUN_ID would pass
 * for a run that nobody started), names given twice in a container, and any number of values but one.
 */
export function variableFaults(group: Group): Fault[] {
  return allContainersOf(group).flatMap(({ item, pointer }) => {
    const place = `${pointer}/properties/environmentVariables`;
    const variables = placedItems(item.properties?.environmentVariables, place);
    const named = variables.filter(({ item: { name } }) => name !== undefined);
    return [
      ...named.flatMap(({ item: { name = '' }, pointer: at }) => {
        const fault = variableNameFault(name);
        return fault
          ? [
              {
                code: 'InvalidVariableName',
                target: `${at}/name`,
                message: `The variable name '${name}' ${fault}.`,
              },
            ]
          : [];
      }),
      ...repeated(named, ({ name = '' }) => name).map(({ item: { name }, pointer: at }) => ({
        code: 'DuplicateVariable',
        target: `${at}/name`,
        message: `The variable '${name}' is set twice.`,
      })),
      ...variables.flatMap(({ item: variable, pointer: at }) => [
        ...(values.filter((member) => member in variable).length === 1
          ? []
          : [
              {
                code: 'InvalidEnvironmentVariable',
                target: at,
                message: `The variable '${variable.name ?? ''}' must have exactly one of value, secureValue and secureValueReference.`,
              },
            ]),
        ...values
          .filter((member) => variable[member]?.includes('\0'))
          .map((member) => ({
            code: 'InvalidVariableValue',
            target: `${at}/${member}`,
            message: `The value of '${variable.name ?? ''}' holds a NUL character, which no environment variable can.`,
          })),
      ]),
    ];
  });
}
