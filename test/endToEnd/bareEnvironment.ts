/** What a process needs of this one's environment, without anything that would change what the app does. */
export function bareEnvironment(): Record<string, string> {
  const needed = ['PATH', 'HOME', 'TMPDIR'];
  return Object.fromEntries(needed.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
