import { asText } from '../../aci/json.ts';
import { parsePointer, valueAtPointer } from '../../aci/jsonPointer.ts';
import type { EventPlaces, HookRequest, Place } from '../hook.ts';
import { attributesOf, type HookEvent, joined } from './hookEvent.ts';

/** A delivery that is one event. */
export function deliveryEvent(
  places: EventPlaces,
  { header, body }: Pick<HookRequest, 'header' | 'body'>,
): HookEvent {
  const textOf = (place: Place | undefined) => place && textFrom(place, { header, body });
  const id = textOf(places.id);
  return {
    deliveryId: id,
    body,
    attributes: attributesOf({ id, type: textOf(places.type), time: textOf(places.time) }),
  };
}

/** What stands at a place; undefined unless all of it is there, as texts or numbers. */
function textFrom(place: Place, { header, body }: Pick<HookRequest, 'header' | 'body'>): string | undefined {
  if ('header' in place) {
    return header(place.header)?.trim() || undefined;
  }
  const texts = place.from.map((pointer) => {
    const value = valueAtPointer(body, parsePointer(pointer) ?? []);
    return typeof value === 'string' || typeof value === 'number' ? asText(value) : '';
  });
  if (texts.includes('')) {
    return undefined;
  }
  return texts.length === 1 ? texts[0] : joined(...texts);
}
