/**
 * Where a text stops being JSON, as `line 3, column 7`. V8's own message may quote the text, which may hold a secret, and
 * does not always give the place.
 * @param text one that JSON.parse throws at.
 */
export function placeInJson(text: string): string {
  const before = text.slice(0, offsetOf(text));
  const lines = before.split('\n');
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}

function offsetOf(text: string): number {
  const message = faultOf(text);
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) {
    return Number(position);
  }
  if (!namesNoPlace(message)) {
    return text.length;
  }
  let sound = 0;
  let broken = text.length;
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    if (namesNoPlace(faultOf(text.slice(0, middle)))) {
      broken = middle;
    } else {
      sound = middle;
    }
  }
  return broken - 1;
}

function namesNoPlace(message: string): boolean {
  return message.endsWith('is not valid JSON');
}

function faultOf(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
