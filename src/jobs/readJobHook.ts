import type { Fault } from '../aci/errors.ts';
import { toPointer } from '../aci/jsonPointer.ts';
import type { Hook } from '../hooks/hook.ts';
import { readHook } from '../hooks/readHook.ts';
import { jobFault } from './jobFault.ts';
import type { Condition, JobEntry, Mapping } from './jobsFile.schema.ts';
import { readSettings } from './readSettings.ts';

/** The senders that tell of pushed images. */
const pushPresets: readonly string[] = ['event-grid', 'secret-header', 'custom'];

/**
 * A job's hook with its secrets, from the app's settings.
 * @param faults gets every fault of it, and of what else of the entry is only for a hook, or does not go with it.
 */
export function readJobHook(
  entry: JobEntry,
  setting: (name: string) => string | undefined,
  faults: Fault[],
): Hook | undefined {
  if (entry.hook === undefined) {
    faults.push(...withoutHookFaults(entry));
    return undefined;
  }
  const secrets = readSettings(entry.hook.secret, ['hook', 'secret'], setting, faults);
  const read = readHook(entry.hook, secrets);
  faults.push(...read.faults.map((fault) => ({ ...fault, target: `/hook${fault.target}` })));
  if (entry.map === undefined) {
    const message = `'map' is required with 'hook': it says what of a delivery becomes a variable; [] is nothing of it.`;
    faults.push(jobFault('/map', message));
  }
  if (entry.onImagePush !== undefined && !pushPresets.includes(entry.hook.preset)) {
    const message = `The preset ${entry.hook.preset} never tells of a pushed image; ${pushPresets.join(', ')} do.`;
    faults.push(jobFault('/onImagePush', message));
  }
  faults.push(...(read.hook ? proofFaults(entry, read.hook) : []));
  return read.hook;
}

function withoutHookFaults({ map, when, onImagePush }: JobEntry): Fault[] {
  return [
    ...(onImagePush === undefined
      ? []
      : [jobFault('/onImagePush', `'onImagePush' is for a job with a 'hook', which is told of pushes.`)]),
    ...sources(map, when)
      .filter(([, { source }]) => source === 'event')
      .map(([target]) =>
        jobFault(`${target}/source`, `The source event is for a job with a 'hook': others get no events.`),
      ),
  ];
}

/** What proves a sender must not end up in a container, nor be asked for by an answer that tells what did not fit. */
function proofFaults({ map, when }: JobEntry, { proof }: Hook): Fault[] {
  const place = proof.by === 'secret' ? proof.place : { header: proof.settings.signatureHeader };
  const [source, name] = 'header' in place ? ['header', place.header] : ['query', place.query];
  return sources(map, when)
    .filter(([, each]) => each.source === source && each.from.toLowerCase() === name.toLowerCase())
    .map(([target, { from }]) =>
      jobFault(`${target}/from`, `The ${source} '${from}' proves who sends, which no container may see.`),
    );
}

function sources(
  map: readonly Mapping[] = [],
  when: readonly Condition[] = [],
): [target: string, Mapping | Condition][] {
  return [
    ...map.map((each, index): [string, Mapping] => [toPointer('map', index), each]),
    ...when.map((each, index): [string, Condition] => [toPointer('when', index), each]),
  ];
}
