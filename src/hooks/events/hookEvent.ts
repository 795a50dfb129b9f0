import type { Fault } from '../../aci/errors.ts';
import type { JsonValue } from '../../aci/json.ts';

/** One thing that happened. */
export type HookEvent = {
  /** The same in every try to deliver it, and in that of no other event of this hook; undefined where its sender says nothing of the kind. */
  deliveryId: string | undefined;
  /** What a job's map points into. */
  body: JsonValue;
  attributes: EventAttributes;
};

/** What a delivery tells of: events, or what is wrong with it. */
export type Events = { events: HookEvent[]; faults: Fault[] };

/** What is known of an event, by the names of variables; the words are those of CloudEvents. */
export type EventAttributes = {
  CE_ID?: string;
  CE_SOURCE?: string;
  CE_TYPE?: string;
  CE_SUBJECT?: string;
  CE_TIME?: string;
};

/** The attributes that there are. */
export function attributesOf({
  id,
  source,
  type,
  subject,
  time,
}: Partial<Record<'id' | 'source' | 'type' | 'subject' | 'time', string | undefined>>): EventAttributes {
  return {
    ...(id !== undefined && { CE_ID: id }),
    ...(source !== undefined && { CE_SOURCE: source }),
    ...(type !== undefined && { CE_TYPE: type }),
    ...(subject !== undefined && { CE_SUBJECT: subject }),
    ...(time !== undefined && { CE_TIME: time }),
  };
}

/** Several texts as one, such that no others make the same. */
export function joined(...texts: readonly string[]): string {
  return JSON.stringify(texts);
}
