import { isObject, type JsonValue } from '../../aci/json.ts';
import { textAt } from '../textAt.ts';

/** Where an event says what it is, as JSON Pointers. */
export type EventSchema = {
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  required: readonly string[];
};

const cloudEvents: EventSchema = {
  id: '/id',
  source: '/source',
  type: '/type',
  subject: '/subject',
  time: '/time',
  required: ['/id', '/source', '/type'],
};

/** A topic of Event Grid is the source of CloudEvents; other senders of its schema leave it out. */
const eventGrid: EventSchema = {
  id: '/id',
  source: '/topic',
  type: '/eventType',
  subject: '/subject',
  time: '/eventTime',
  required: ['/id', '/eventType'],
};

/** The schema of an event; undefined when it has none of them. */
export function schemaOf(event: JsonValue): EventSchema | undefined {
  if (textAt(event, '/specversion') === '1.0') {
    return cloudEvents;
  }
  return isObject(event) && Object.hasOwn(event, 'eventType') ? eventGrid : undefined;
}
