import type { Fault } from '../aci/errors.ts';
import { asText } from '../aci/json.ts';
import { parsePointer } from '../aci/jsonPointer.ts';
import { variableNameFault } from '../aci/plan/overrides.ts';
import { jobFault } from './jobFault.ts';
import type { Condition, Mapping } from './jobsFile.schema.ts';

/**
 * Headers and query parameters that open this app, or name its URL with the key in it: none of them may end up in a
 * container. App Service's own: x-ms-client-principal…, x-ms-token-…, x-zumo-auth, x-original-url, x-waws-unencoded-url.
 */
const credentials: Record<string, RegExp> = {
  header:
    /^(?:(?:proxy-)?authorization|cookie|x-functions-key|x-ms-client-principal(?:-.*)?|x-ms-token-.*|x-zumo-auth|x-original-url|x-waws-unencoded-url)$/i,
  query: /^code$/i,
};

const eventAttributes = ['CE_ID', 'CE_SOURCE', 'CE_TYPE', 'CE_SUBJECT', 'CE_TIME'];

/** RFC 9110, 5.1: a header's name is a token. */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;

/** Every fault of one entry of a job's map. */
export function mappingFaults(mapping: Mapping, target: string): Fault[] {
  const nameFault = variableNameFault(mapping.name);
  return [
    ...(nameFault ? [jobFault(`${target}/name`, `The variable name '${mapping.name}' ${nameFault}.`)] : []),
    ...sourceFaults(mapping, target),
    ...(mapping.pattern !== undefined && !isPattern(mapping.pattern)
      ? [jobFault(`${target}/pattern`, `'${mapping.pattern}' is not a regular expression.`)]
      : []),
    ...(mapping.required && mapping.default !== undefined
      ? [jobFault(`${target}/default`, 'A variable is either required or has a default.')]
      : []),
    ...(mapping.default !== undefined && !fits(mapping, asText(mapping.default))
      ? [jobFault(`${target}/default`, 'The default must fit the pattern and the maxLength beside it.')]
      : []),
  ];
}

/** Every fault of where a value is to be taken from. */
export function sourceFaults({ from, source = 'body' }: Mapping | Condition, target: string): Fault[] {
  if (source === 'body') {
    return parsePointer(from) === undefined
      ? [
          jobFault(
            `${target}/from`,
            `'${from}' is not a JSON Pointer; it starts with a slash, as in /data/tag.`,
          ),
        ]
      : [];
  }
  if (source === 'event') {
    return eventAttributes.includes(from)
      ? []
      : [jobFault(`${target}/from`, `'${from}' is none of ${eventAttributes.join(', ')}.`)];
  }
  if (source === 'header' && !headerName.test(from)) {
    return [jobFault(`${target}/from`, `'${from}' is not the name of a header.`)];
  }
  return credentials[source]?.test(from)
    ? [
        jobFault(
          `${target}/from`,
          `The ${source} '${from}' carries credentials of this app, which no container may see.`,
        ),
      ]
    : [];
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Whether a text fits the pattern and the length that its mapping asks for; a pattern that is none is another fault. */
function fits({ pattern, maxLength }: Mapping, text: string): boolean {
  return (
    (pattern === undefined || !isPattern(pattern) || new RegExp(pattern, 'u').test(text)) &&
    (maxLength === undefined || [...text].length <= maxLength)
  );
}
