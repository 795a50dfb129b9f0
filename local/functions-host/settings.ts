import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostError } from './hostError.ts';

/**
 * Puts the Values of `local.settings.json` into the environment, as `func start` does. What is set already stays.
 * @throws HostError when the file is not JSON or is encrypted.
 */
export function applyLocalSettings(appDirectory: string, environment: NodeJS.ProcessEnv): void {
  const settings = readJsonFile(join(appDirectory, 'local.settings.json'));
  if (settings['IsEncrypted'] === true) {
    throw new HostError('local.settings.json is encrypted; run `func settings decrypt` first.');
  }
  for (const [name, value] of Object.entries(asObject(settings['Values']))) {
    environment[name] ??= String(value);
  }
}

/** The prefix of every route, without slashes: `extensions.http.routePrefix` of host.json, or `api`. */
export function readRoutePrefix(appDirectory: string): string {
  const prefix = readExtension(appDirectory, 'http')['routePrefix'] ?? 'api';
  if (typeof prefix !== 'string') {
    throw new HostError('host.json: extensions.http.routePrefix is not a string.');
  }
  return prefix.replace(/^\/+|\/+$/g, '');
}

/** What host.json says of an extension of the host, such as `http`; nothing is an empty object. */
export function readExtension(appDirectory: string, name: string): Record<string, unknown> {
  return asObject(asObject(readJsonFile(join(appDirectory, 'host.json'))['extensions'])[name]);
}

/** The object in a JSON file; an absent file is an empty object. */
export function readJsonFile(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return {};
    }
    throw error;
  }
  try {
    // Editors on Windows put a byte order mark first, which JSON.parse refuses.
    return asObject(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    throw new HostError(`${file} is not valid JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
