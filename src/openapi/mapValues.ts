/** The same members with other values. */
export function mapValues<Value, Changed>(
  values: Record<string, Value>,
  change: (value: Value, name: string) => Changed,
): Record<string, Changed> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}
