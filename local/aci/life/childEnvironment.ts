/**
 * The environment of a container's process: its own variables and what any process needs, nothing of ours.
 *
 * The group's variables win, as they do over an image's.
 */
export function childEnvironment(
  variables: ReadonlyMap<string, string>,
  { home, hostname }: { home: string; hostname: string },
): NodeJS.ProcessEnv {
  // Without a prototype, so that a variable named __proto__ is one like any other.
  const environment: NodeJS.ProcessEnv = Object.create(null);
  environment['PATH'] = process.env['PATH'] ?? '';
  environment['HOME'] = home;
  environment['HOSTNAME'] = hostname;
  if (process.platform === 'win32') {
    environment['SystemRoot'] = process.env['SystemRoot'] ?? '';
  }
  for (const [name, value] of variables) {
    environment[name] = value;
  }
  return environment;
}
