const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago something was: `now`, `12 seconds ago`, `yesterday`; `in 5 minutes` for what is to come. Both in milliseconds since 1970. */
export function ago(at: number, now: number): string {
  const difference = at - now;
  const [unit, size] = units.find(([, each]) => Math.abs(difference) >= each) ?? (['second', 1000] as const);
  return relative.format(Math.trunc(difference / size), unit);
}
