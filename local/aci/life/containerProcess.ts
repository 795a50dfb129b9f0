import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Clock } from '../../clock.ts';
import type { ContainerLog } from '../logs/containerLog.ts';
import { childEnvironment } from './childEnvironment.ts';
import { createFolder, removeFolder } from './containerFolder.ts';
import { signalTree } from './signalTree.ts';

export type ProcessExit = {
  exitCode: number;
  /** Why the command could not even be started. */
  startFailure?: string;
};

/** What runs in a container. */
export type ContainerProcess = {
  started: boolean;
  /** Of its process group; undefined where nothing of it can be measured. */
  pid: number | undefined;
  /** Never rejects. Resolves once the whole tree has ended and its output is in the log. */
  exited: Promise<ProcessExit>;
  /** Asks it to end, and after the grace makes it end. */
  stop(): void;
  kill(): void;
};

export type ProcessOptions = {
  command: readonly string[];
  variables: ReadonlyMap<string, string>;
  hostname: string;
  log: ContainerLog;
  clock: Clock;
  graceMs: number;
};

/** Runs a container's command on this machine: no shell, its own folder, its own process group. */
export function startProcess(options: ProcessOptions): ContainerProcess {
  const { command, log, clock, graceMs } = options;
  const [file = '', ...args] = command;
  const folder = createFolder();
  let child: ChildProcess;
  try {
    child = spawn(file, args, {
      cwd: folder,
      env: childEnvironment(options.variables, { home: folder, hostname: options.hostname }),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
  } catch (error) {
    // An empty name, a NUL, or more arguments than the system takes: spawn throws instead of emitting.
    return notStarted(file, error, folder);
  }
  for (const output of [child.stdout, child.stderr]) {
    const writer = log.writer();
    output?.on('data', (chunk: Buffer) => writer.write(chunk)).once('close', () => writer.end());
  }
  let callOff = () => {};
  const ended = Promise.withResolvers<ProcessExit>();
  child.once('error', (error) => ended.resolve({ exitCode: 127, startFailure: sayFailure(file, error) }));
  child.once('exit', (code, signal) => {
    callOff();
    // A container ends with its first process: what that one has left behind goes too, and lets go of the output.
    signalTree(child, 'SIGKILL');
    const letGo = () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    };
    const callOffLetGo = clock.after(graceMs, letGo);
    child.once('close', () => {
      callOffLetGo();
      ended.resolve({ exitCode: code ?? 128 + (signal ? constants.signals[signal] : 0) });
    });
  });
  return {
    started: child.pid !== undefined,
    pid: child.pid,
    exited: ended.promise.finally(() => removeFolder(folder)),
    stop() {
      signalTree(child, 'SIGTERM');
      callOff();
      callOff = clock.after(graceMs, () => signalTree(child, 'SIGKILL'));
    },
    kill: () => signalTree(child, 'SIGKILL'),
  };
}

function notStarted(file: string, error: unknown, folder: string): ContainerProcess {
  return {
    started: false,
    pid: undefined,
    exited: removeFolder(folder).then(() => ({ exitCode: 127, startFailure: sayFailure(file, error) })),
    stop() {},
    kill() {},
  };
}

function sayFailure(file: string, error: unknown): string {
  // Only the code: a message can quote arguments or variables, which may be secret.
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return code === 'ENOENT'
    ? `exec: "${file}": executable file not found in $PATH`
    : `exec: "${file}": could not be started (${code})`;
}
