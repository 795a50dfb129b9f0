import type { Fault } from '../aci/errors.ts';
import { jobFault } from '../jobs/jobFault.ts';
import type { HookConfig } from './hook.schema.ts';
import { customDefaults } from './presets.ts';
import { signedContentFault } from './signedContent.ts';

/** Every fault of how a custom sender is said to sign, where one member does not go with another. */
export function customFaults(config: HookConfig): Fault[] {
  const { signatureHeader, headerFormat, timestampHeader, timestampKey, idHeader } = config;
  const signedContent = config.signedContent ?? customDefaults.signedContent;
  const contentFault = signedContentFault(signedContent);
  const hasTimestamp = (timestampHeader ?? timestampKey) !== undefined;
  const rules: [isBroken: boolean, target: string, message: string][] = [
    [signatureHeader === undefined, '/signatureHeader', `'signatureHeader' is required.`],
    [contentFault !== undefined, '/signedContent', `'signedContent' ${contentFault}.`],
    [
      timestampHeader !== undefined && timestampKey !== undefined,
      '/timestampKey',
      'The timestamp is in a header of its own or within that of the signature, not in both.',
    ],
    [
      timestampKey !== undefined && headerFormat !== 'kv',
      '/timestampKey',
      `'timestampKey' is for "headerFormat": "kv".`,
    ],
    [
      timestampKey !== undefined && !/^[\w.-]+$/.test(timestampKey),
      '/timestampKey',
      `'${timestampKey}' is not a key: it is made of letters, digits and - . _.`,
    ],
    ...usedFaults('{id}', idHeader !== undefined, 'idHeader', signedContent),
    ...usedFaults(
      '{timestamp}',
      hasTimestamp,
      timestampKey === undefined ? 'timestampHeader' : 'timestampKey',
      signedContent,
    ),
    [
      config.toleranceSeconds !== undefined && !hasTimestamp,
      '/toleranceSeconds',
      `'toleranceSeconds' is for a timestamp: say timestampHeader or timestampKey.`,
    ],
    ...prefixFaults(config),
  ];
  return rules.flatMap(([isBroken, target, message]) => (isBroken ? [jobFault(target, message)] : []));
}

/** What is signed must have been sent, and what is sent for it must be signed: else it proves nothing. */
function usedFaults(
  placeholder: string,
  isSent: boolean,
  member: string,
  signedContent: string,
): [isBroken: boolean, target: string, message: string][] {
  const isSigned = signedContent.includes(placeholder);
  return [
    [
      isSigned && !isSent,
      `/${member}`,
      `'signedContent' holds ${placeholder}: '${member}' must say where it is.`,
    ],
    [
      isSent && !isSigned,
      `/${member}`,
      `'signedContent' does not hold ${placeholder}, so '${member}' proves nothing.`,
    ],
  ];
}

function prefixFaults({
  prefix = '',
  headerFormat,
}: HookConfig): [isBroken: boolean, target: string, message: string][] {
  switch (headerFormat) {
    case 'kv':
      return [
        [
          !/^[\w.-]+=?$/.test(prefix),
          '/prefix',
          `With "headerFormat": "kv", 'prefix' is the key of a signature, such as v1.`,
        ],
      ];
    case 'list':
      return [
        [!/^[\x21-\x7e]*$/.test(prefix), '/prefix', `'prefix' may hold visible ASCII characters only.`],
      ];
    default:
      return [
        [
          !/^(?:[\x21-\x7e][\x20-\x7e]*)?$/.test(prefix),
          '/prefix',
          `'prefix' may hold ASCII characters only.`,
        ],
      ];
  }
}
