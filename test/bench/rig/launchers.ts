import { join } from 'node:path';
import { startChild } from '../../../local/children.ts';
import { bareEnvironment } from '../../bareEnvironment.ts';
import type { Azure } from './azure.ts';
import { type GroupName, launchPath } from './groups.ts';

/** Something that launches groups. */
export type Launcher = {
  url: string;
  /** Rejects with what was answered instead of 202. */
  launch: (group: GroupName) => Promise<void>;
};

export const appDirectory = join(import.meta.dirname, '../../..');

/** The app as it ships. */
export function startApp(scope: AsyncDisposableStack, { settings }: Azure): Promise<Launcher> {
  return start(scope, 'httpHostProcess.ts', [appDirectory], settings);
}

/** The bare proxy. */
export function startBare(scope: AsyncDisposableStack, { bare }: Azure): Promise<Launcher> {
  return start(scope, 'bareProxy.ts', [JSON.stringify(bare)], {});
}

/** The seed's way. */
export function startSeed(scope: AsyncDisposableStack, { settings, bare }: Azure): Promise<Launcher> {
  return start(scope, 'seedWay.ts', [bare.armEndpoint], settings);
}

async function start(
  scope: AsyncDisposableStack,
  script: string,
  args: string[],
  settings: Record<string, string>,
): Promise<Launcher> {
  const { ready, stop } = await startChild<{ url: string }>({
    script: join(import.meta.dirname, script),
    args,
    env: bareEnvironment(settings),
  });
  scope.defer(async () => void (await stop()));
  return { url: ready.url, launch: (group) => launchAt(ready.url, group) };
}

export async function launchAt(url: string, group: GroupName): Promise<void> {
  const answer = await fetch(`${url}${launchPath(group)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"env":{"MODE":"quick","DATE":"2026-11-21"}}',
  });
  const text = await answer.text();
  if (answer.status !== 202) {
    throw new Error(`The launch of ${group.name} was answered ${answer.status}: ${text}`);
  }
}
