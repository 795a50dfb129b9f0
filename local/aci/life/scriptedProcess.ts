import type { Clock } from '../../clock.ts';
import type { ContainerLog } from '../logs/containerLog.ts';
import type { ContainerProcess, ProcessExit } from './containerProcess.ts';

/** Stands in for an image that brings its own entry point: says so in the log, runs a moment, exits with 0. */
export function startScripted(
  image: string,
  log: ContainerLog,
  clock: Clock,
  runMs: number,
): ContainerProcess {
  const ended = Promise.withResolvers<ProcessExit>();
  log.append(`The emulator does not run images: '${image}' has no command here and ends with exit code 0.\n`);
  const callOff = clock.after(runMs, () => ended.resolve({ exitCode: 0 }));
  const end = (exitCode: number) => {
    callOff();
    ended.resolve({ exitCode });
  };
  return {
    started: true,
    pid: undefined,
    exited: ended.promise,
    stop: () => end(143),
    kill: () => end(137),
  };
}
