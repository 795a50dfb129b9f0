import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type ChildOptions = {
  /** The Node script, `.ts` as it is. It says when it is ready by `process.send({ready: …})`. */
  script: string;
  args?: string[];
  /** The child's whole environment (default: this process's). */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Gets every line that the child prints, as it comes. */
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** How long the child may take until it is ready (default: a minute). */
  readyWithinMilliseconds?: number;
  /** How long it may take to exit when asked to, before it is killed (default: 15 seconds). */
  stopWithinMilliseconds?: number;
};

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type Child<Ready> = {
  pid: number;
  /** What the child sent as `ready`. */
  ready: Ready;
  /** Settles when the child is gone and all that it printed has been read. */
  exited: Promise<Exit>;
  /** SIGTERM, then SIGKILL once it has had its time. Settles when it is gone; may be called again. */
  stop(): Promise<Exit>;
};

const tailLines = 40;

/**
 * Starts a Node script with an IPC channel and waits until it is ready. A script that exits on `disconnect` of the
 * channel leaves nothing behind when this process dies, however it dies.
 * @typeParam Ready what the script sends; it is of this project too, so its word is taken for it.
 * @throws Error with the end of the child's stderr when it exits first or is not ready in time.
 */
export async function startChild<Ready>(options: ChildOptions): Promise<Child<Ready>> {
  const { script, args = [], env = process.env, cwd, onLine = () => {} } = options;
  const { readyWithinMilliseconds = 60_000, stopWithinMilliseconds = 15_000 } = options;
  // execArgv: a test runner's own flags are not for the child.
  const forkOptions: ForkOptions = { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] };
  const child = fork(script, args, cwd === undefined ? forkOptions : { ...forkOptions, cwd });
  const stderrTail: string[] = [];
  readLines(child.stdout, (line) => onLine(line, 'stdout'));
  readLines(child.stderr, (line) => {
    stderrTail.push(line);
    stderrTail.splice(0, stderrTail.length - tailLines);
    onLine(line, 'stderr');
  });

  const exited = waitUntilGone(child);
  const stop = () => stopChild(child, exited, stopWithinMilliseconds);
  try {
    const ready = await waitUntilReady<Ready>(child, exited, readyWithinMilliseconds);
    return { pid: child.pid ?? 0, ready, exited, stop };
  } catch (cause) {
    await stop();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error([`${script} ${why}`, ...stderrTail].join('\n'), { cause });
  }
}

/** Lines are read to the end: a closed pipe would kill a child at its next word (EPIPE). */
function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream) {
    createInterface({ input: stream }).on('line', onLine);
  }
}

/** A process that the child left behind may hold its pipes open for ever, so after its exit they get a second. */
function waitUntilGone(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    child.once('exit', () => {
      timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, 1000);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal });
    });
  });
}

function waitUntilReady<Ready>(
  child: ChildProcess,
  exited: Promise<Exit>,
  milliseconds: number,
): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`was not ready within ${milliseconds} ms.`)),
      milliseconds,
    );
    const settle = (then: () => void) => {
      clearTimeout(timer);
      child.removeListener('message', onMessage);
      then();
    };
    const onMessage = (message: unknown) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) {
        settle(() => resolve(message.ready as Ready));
      }
    };
    child.on('message', onMessage);
    child.on('error', (error) => settle(() => reject(error)));
    void exited.then(({ code, signal }) =>
      settle(() => reject(new Error(`exited before it was ready (${signal ?? `code ${code}`}).`))),
    );
  });
}

async function stopChild(
  child: ChildProcess,
  exited: Promise<Exit>,
  graceMilliseconds: number,
): Promise<Exit> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
  try {
    return await exited;
  } finally {
    clearTimeout(timer);
  }
}
