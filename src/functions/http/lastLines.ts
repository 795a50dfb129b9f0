/** The last lines of a text; all of it without a number. A line break at its end begins no line. */
export function lastLines(text: string, count: number | undefined): string {
  if (count === undefined) {
    return text;
  }
  const lines = text.split(/(?<=\n)/);
  return lines.slice(-count).join('');
}
