/**
 * The milliseconds in a time span as .NET and so host.json write it, `[days.]hours:minutes:seconds[.fraction]`;
 * undefined for anything else.
 */
export function parseTimeSpan(text: string): number | undefined {
  const [, days = '0', hours, minutes, seconds] =
    /^(?:(\d+)\.)?([01]?\d|2[0-3]):([0-5]?\d):([0-5]?\d(?:\.\d{1,7})?)$/.exec(text) ?? [];
  if (hours === undefined) {
    return undefined;
  }
  const wholeMinutes = (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
  return Math.round((wholeMinutes * 60 + Number(seconds)) * 1000);
}
