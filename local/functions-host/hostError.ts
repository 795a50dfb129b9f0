/** Why the host cannot start, in a sentence for whoever started it: the settings, the app or the port is at fault. */
export class HostError extends Error {
  override name = 'HostError';
}
