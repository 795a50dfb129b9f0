import type { Fault } from '../aci/errors.ts';
import { parsePointer, toPointer } from '../aci/jsonPointer.ts';
import { jobFault } from '../jobs/jobFault.ts';
import { customFaults } from './customFaults.ts';
import type { HookConfig } from './hook.schema.ts';
import { presetMembers } from './presets.ts';

/** RFC 9110, 5.1: a header's name is a token. */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;
const headerMembers = ['header', 'signatureHeader', 'idHeader', 'timestampHeader', 'dedupeHeader'] as const;

/** Every fault of a hook of the right shape but those of its secrets; targets are JSON Pointers into it. */
export function hookFaults(config: HookConfig): Fault[] {
  return [
    ...strangerFaults(config),
    ...headerMembers.flatMap((member) => {
      const name = config[member];
      return name === undefined || headerName.test(name)
        ? []
        : [jobFault(toPointer(member), `'${name}' is not the name of a header.`)];
    }),
    ...placeFaults(config),
    ...dedupeFaults(config),
    ...(config.preset === 'custom' ? customFaults(config) : []),
  ];
}

/** Members that mean nothing with this preset. */
function strangerFaults({ preset, secret: _, ...members }: HookConfig): Fault[] {
  const known: readonly string[] = presetMembers[preset];
  const says = known.length === 0 ? 'only a secret' : `only ${['secret', ...known].join(', ')}`;
  return Object.keys(members)
    .filter((member) => !known.includes(member))
    .map((member) =>
      jobFault(toPointer(member), `'${member}' is not for the preset ${preset}, which takes ${says}.`),
    );
}

/** The faults of where the secret itself is sent. */
function placeFaults({ preset, header, query }: HookConfig): Fault[] {
  if (preset === 'secret-header' && header === undefined && query === undefined) {
    return [
      jobFault(
        '/header',
        `'header' is required; a sender that can set none has the secret in its URL: 'query'.`,
      ),
    ];
  }
  return [
    ...(header !== undefined && query !== undefined
      ? [jobFault('/query', 'The secret is sent in a header or in the query, not in both.')]
      : []),
    ...(query !== undefined && (!/^[\w.~-]+$/.test(query) || query.toLowerCase() === 'code')
      ? [
          jobFault(
            '/query',
            `'${query}' cannot be the query parameter of the secret: take letters, digits and - . _ ~, and not 'code', which is for function keys.`,
          ),
        ]
      : []),
  ];
}

function dedupeFaults({ dedupeHeader, dedupeFrom }: HookConfig): Fault[] {
  return [
    ...(dedupeHeader !== undefined && dedupeFrom !== undefined
      ? [
          jobFault(
            '/dedupeFrom',
            'Deliveries are told apart by a header or by what is in the body, not by both.',
          ),
        ]
      : []),
    ...[dedupeFrom ?? []]
      .flat()
      .flatMap((from, index) =>
        parsePointer(from) === undefined
          ? [
              jobFault(
                typeof dedupeFrom === 'string' ? '/dedupeFrom' : toPointer('dedupeFrom', index),
                `'${from}' is not a JSON Pointer; it starts with a slash, as in /data/id.`,
              ),
            ]
          : [],
      ),
  ];
}
