import type { Fault } from '../errors.ts';
import { addressFaults } from './addressFaults.ts';
import { documentShape, type Group } from './documentShape.ts';
import { groupFaults } from './groupFaults.ts';
import { imageFaults } from './imageFaults.ts';
import { nameFaults } from './nameFaults.ts';
import { platformFaults } from './platformFaults.ts';
import { portFaults } from './portFaults.ts';
import { resourceFaults } from './resourceFaults.ts';
import { variableFaults } from './variableFaults.ts';
import { volumeFaults } from './volumeFaults.ts';

const rules: readonly ((group: Group) => Fault[])[] = [
  groupFaults,
  nameFaults,
  imageFaults,
  variableFaults,
  resourceFaults,
  portFaults,
  addressFaults,
  volumeFaults,
  platformFaults,
];

/**
 * Every fault of a container group's document that shows before ARM is asked, each with a JSON Pointer into it.
 *
 * A code of ACI's where it is known to refuse the same. Members that are not known here pass: ARM judges those, and whatever
 * needs more than the document to judge. Never throws, and no message quotes a value of a variable, key or password.
 * @param document any JSON; null members count as absent, as to ARM. Numbers that were kept as text (losslessJson.ts) are none.
 */
export function documentFaults(document: unknown): Fault[] {
  const faults: Fault[] = [];
  const group = documentShape.read(document, '', faults);
  return group ? [...faults, ...rules.flatMap((rule) => rule(group))] : faults;
}
