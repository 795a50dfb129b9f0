import type { Fault } from '../../aci/errors.ts';
import type { JsonObject } from '../../aci/json.ts';
import type { HookRequest } from '../hook.ts';

const attributes = ['specversion', 'id', 'source', 'type', 'subject', 'time', 'dataschema'];

/** Whether headers say what an event is, and the body is its data. In the other modes they may be there, too. */
export function isBinaryCloudEvent(header: HookRequest['header']): boolean {
  const isStructured = /^\s*application\/cloudevents/i.test(header('content-type') ?? '');
  return header('ce-specversion') !== undefined && !isStructured;
}

/**
 * An event in CloudEvents' binary mode as if it had come in the structured one, so that a job's map points to the same places
 * (github.com/cloudevents/spec, bindings/http-protocol-binding.md, 3.1). Extensions stay in their headers.
 */
export function binaryCloudEvent({ header, body }: Pick<HookRequest, 'header' | 'body'>): {
  event: JsonObject;
  faults: Fault[];
} {
  const faults: Fault[] = [];
  const event: JsonObject = {};
  for (const attribute of attributes) {
    const sent = header(`ce-${attribute}`)?.trim();
    const value = sent === undefined ? undefined : decode(sent);
    if (value !== undefined) {
      event[attribute] = value;
    } else if (sent !== undefined) {
      faults.push({
        code: 'InvalidHeader',
        target: `ce-${attribute}`,
        message: `The header ce-${attribute} must be percent-encoded UTF-8.`,
      });
    }
  }
  const datacontenttype = header('content-type');
  return {
    event: { ...event, ...(datacontenttype !== undefined && { datacontenttype }), data: body },
    faults,
  };
}

/** Section 3.1.3.2: quotes first, then one round of percent-decoding. Undefined for what is not UTF-8. */
function decode(value: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(value)?.[1];
  const text = quoted === undefined ? value : quoted.replace(/\\(.)/gs, '$1');
  try {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => decodeURIComponent(encoded));
  } catch {
    return undefined;
  }
}
