import type { Fault } from '../errors.ts';
import type { Group } from './documentShape.ts';
import { allContainersOf } from './placed.ts';

const mostContainers = 60;

const words = {
  osType: ['Linux', 'Windows'],
  restartPolicy: ['Always', 'OnFailure', 'Never'],
  priority: ['Regular', 'Spot'],
} as const;

const identityTypes = ['SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned', 'None'];

/**
 * What is wrong with the group itself. ARM compares the words of an enumeration ignoring case, and so do these rules.
 *
 * ACI wants `osType` said although its newest specification has it optional: `InvalidOsType`, "The value must be one of
 * 'Windows,Linux'" (MicrosoftLearning/mslearn-azure-developer pull request 67); a group from a profile has the profile's.
 */
export function groupFaults(group: Group): Fault[] {
  const { location, properties = {} } = group;
  const faults: Fault[] = [];
  if (location === '') {
    faults.push({ code: 'MissingMember', target: '/location', message: `'location' is required.` });
  }
  for (const member of ['osType', 'restartPolicy', 'priority'] as const) {
    const value = properties[member];
    if (value !== undefined && !isOneOf(words[member], value)) {
      faults.push(notOneOf(member, words[member], `/properties/${member}`));
    }
  }
  if (!('osType' in properties) && !properties.containerGroupProfile && group.properties) {
    faults.push(notOneOf('osType', words.osType, '/properties/osType'));
  }
  return [...faults, ...countFaults(group), ...identityFaults(group)];
}

function countFaults(group: Group): Fault[] {
  const { containers, initContainers = [] } = group.properties ?? {};
  if (containers?.length === 0) {
    return [
      {
        code: 'MissingContainers',
        target: '/properties/containers',
        message: 'A container group has at least one container.',
      },
    ];
  }
  const count = allContainersOf(group).length;
  return count <= mostContainers
    ? []
    : [
        {
          code: 'TooManyContainers',
          target:
            initContainers.length > mostContainers ? '/properties/initContainers' : '/properties/containers',
          message: `The group has ${count} containers and init containers; ACI allows ${mostContainers}.`,
        },
      ];
}

function identityFaults({ identity }: Group): Fault[] {
  if (identity?.type === undefined) {
    return [];
  }
  const type = withoutSpaces(identity.type);
  if (!isOneOf(identityTypes.map(withoutSpaces), type)) {
    return [notOneOf('identity.type', identityTypes, '/identity/type')];
  }
  const { userAssignedIdentities: named } = identity;
  const namesNone = named ? Object.keys(named).length === 0 : !('userAssignedIdentities' in identity);
  return /UserAssigned/i.test(type) && namesNone
    ? [
        {
          code: 'MissingMember',
          target: '/identity/userAssignedIdentities',
          message: `An identity of type '${identity.type}' names at least one in userAssignedIdentities.`,
        },
      ]
    : [];
}

function withoutSpaces(word: string): string {
  return word.replaceAll(' ', '');
}

/** Whether a word is one of an enumeration's, ignoring case. */
export function isOneOf(known: readonly string[], word: string): boolean {
  return known.some((one) => one.toLowerCase() === word.toLowerCase());
}

function notOneOf(member: string, known: readonly string[], target: string): Fault {
  return {
    code: member === 'osType' ? 'InvalidOsType' : 'InvalidValue',
    target,
    message: `'${member}' must be one of ${known.map((one) => `'${one}'`).join(', ')}.`,
  };
}
