/** Three digits that count, or all that stand before the point. */
export function shown(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.01))));
  return String(Number(value.toFixed(digits)));
}
