/** What a process needs of this one's environment, without anything that a developer's shell holds for the app, and these settings. */
export function bareEnvironment(settings: Record<string, string> = {}): Record<string, string> {
  const needed = ['PATH', 'HOME', 'TMPDIR'];
  const found = needed.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  return { ...Object.fromEntries(found), ...settings };
}
