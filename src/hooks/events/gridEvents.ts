import type { Fault } from '../../aci/errors.ts';
import type { JsonValue } from '../../aci/json.ts';
import { toPointer } from '../../aci/jsonPointer.ts';
import type { HookRequest } from '../hook.ts';
import { textAt } from '../textAt.ts';
import { binaryCloudEvent, isBinaryCloudEvent } from './binaryCloudEvent.ts';
import { schemaOf } from './eventSchema.ts';
import { attributesOf, type Events, type HookEvent, joined } from './hookEvent.ts';
import { memberFaults } from './memberFaults.ts';

/**
 * The events of one post: CloudEvents 1.0 (one, a batch, or the binary mode) or events in the schema of Event Grid, one or
 * several (github.com/cloudevents/spec, formats/json-format.md; learn.microsoft.com/azure/event-grid/event-schema). Which it is shows in
 * each event, for not every sender keeps to the content type. What Event Grid says of the subscription itself is no event.
 */
export function gridEvents({ header, body }: Pick<HookRequest, 'header' | 'body'>): Events {
  if (isBinaryCloudEvent(header)) {
    const { event, faults } = binaryCloudEvent({ header, body });
    return faults.length > 0 ? { events: [], faults } : inHeaders(readEach([event], () => ''));
  }
  return Array.isArray(body) ? readEach(body, (index) => toPointer(index)) : readEach([body], () => '');
}

function readEach(items: readonly JsonValue[], targetOf: (index: number) => string): Events {
  const faults = items.flatMap((item, index) => eventFaults(item, targetOf(index)));
  const events = faults.length > 0 ? [] : items.map(eventOf);
  return {
    events: events.filter(
      (event) => !event.attributes.CE_TYPE?.startsWith('Microsoft.EventGrid.Subscription'),
    ),
    faults,
  };
}

function eventFaults(item: JsonValue, target: string): Fault[] {
  const schema = schemaOf(item);
  return schema
    ? memberFaults(item, target, schema.required)
    : [
        {
          code: 'InvalidValue',
          target,
          message: `${target === '' ? 'The body' : `'${target}'`} is no event: neither of CloudEvents, with "specversion": "1.0", nor of Event Grid, with an eventType.`,
        },
      ];
}

/** Events are told apart by their source and id. */
function eventOf(item: JsonValue): HookEvent {
  const schema = schemaOf(item);
  const at = (member: 'id' | 'source' | 'type' | 'subject' | 'time') =>
    schema && textAt(item, schema[member]);
  const [id, source] = [at('id'), at('source')];
  return {
    deliveryId: joined(source ?? '', id ?? ''),
    body: item,
    attributes: attributesOf({ id, source, type: at('type'), subject: at('subject'), time: at('time') }),
  };
}

/** Faults of an event whose attributes came as headers. */
function inHeaders({ events, faults }: Events): Events {
  return {
    events,
    faults: faults.map(({ code, target }) => {
      const header = `ce-${target.slice(1) || 'specversion'}`;
      const says = target === '' ? 'must be 1.0' : 'must be there';
      return { code, target: header, message: `The header ${header} ${says}.` };
    }),
  };
}
