import type { ArmError } from '../armErrors.ts';
import { allContainers, type ContainerGroup, type EnvironmentVariable } from './containerGroup.ts';

/** Refuses variables without a value, with more than one, or with a name that no shell could read. */
export function refuseEnvironment(name: string, group: ContainerGroup): ArmError | undefined {
  for (const container of allContainers(group)) {
    for (const variable of container.properties.environmentVariables ?? []) {
      if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(variable.name)) {
        return invalidName(variable.name, container.name, name);
      }
      if (countValues(variable) !== 1) {
        return {
          status: 400,
          code: 'InvalidEnvironmentVariable',
          message:
            "One and only one property of 'value' and 'secureValue' can be specified in an environment variable.",
        };
      }
    }
  }
  return undefined;
}

/** An empty value is a value; a reference to a Key Vault secret stands for one (2025-09-01 and newer). */
function countValues({ value, secureValue, secureValueReference }: EnvironmentVariable): number {
  return [value, secureValue, secureValueReference].filter((one) => one !== undefined).length;
}

function invalidName(variable: string, container: string, group: string): ArmError {
  return {
    status: 400,
    code: 'InvalidContainerEnvironmentVariable',
    message: `The environment variable name '${variable}' in container '${container}' of container group '${group}' is invalid. A valid environment variable name must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'.`,
  };
}
