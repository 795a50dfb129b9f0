import type { Clock } from '../../clock.ts';
import type { Container } from '../document/containerGroup.ts';
import { type ContainerLog, createContainerLog } from '../logs/containerLog.ts';
import type { Timings } from '../timings.ts';
import { type ContainerProcess, type ProcessExit, startProcess } from './containerProcess.ts';
import type { Progress } from './groupState.ts';
import {
  addEvent,
  type ContainerEvent,
  type ContainerInstanceView,
  type ContainerState,
} from './instanceView.ts';
import { type RestartPolicy, restartDelay } from './restartDelay.ts';
import { createSchedule } from './schedule.ts';
import { startScripted } from './scriptedProcess.ts';

/** One container from its image's pull to its end, restarts included. */
export type ContainerLife = {
  pull(): void;
  pulled(): void;
  pullFailed(): void;
  /** @param before what it was until the restart of its group, which this start belongs to. */
  start(before?: ContainerInstanceView): void;
  /** Ends it for good, gently or at once, and waits until nothing of it runs. */
  end(how: 'stop' | 'kill'): Promise<void>;
  /** Ends it gently as its group is stopped, which its state then says; one that has ended by itself stays as it is. */
  stop(): Promise<void>;
  instanceView(): ContainerInstanceView;
  progress(): Progress;
  /** What the present process has written; undefined before the first start. A restart begins anew [U]. */
  log(): ContainerLog | undefined;
  /** What runs in it now, where that can be measured. */
  process(): RunningProcess | undefined;
};

export type RunningProcess = {
  /** Of its process group. */
  pid: number;
  /** By the emulator's clock, in milliseconds since 1970. */
  startedAt: number;
};

export type ContainerSurroundings = {
  hostname: string;
  restartPolicy: RestartPolicy;
  clock: Clock;
  timings: Timings;
  onFinished(exitCode: number): void;
};

/** Recorded: the detail of a container that was stopped with its group. */
const stoppedDetail = 'Container stopped per client request';

export function createContainerLife({ properties }: Container, around: ContainerSurroundings): ContainerLife {
  const { clock, timings, restartPolicy } = around;
  const { image = '', command = [] } = properties;
  const schedule = createSchedule(clock);
  let events: ContainerEvent[] = [];
  // [U] the words of every detailStatus here.
  let currentState: ContainerState = { state: 'Waiting', detailStatus: '' };
  let previousState: ContainerState | undefined;
  let restartCount = 0;
  let running: ContainerProcess | undefined;
  let startedAt = 0;
  let log: ContainerLog | undefined;
  let finalExitCode: number | undefined;
  let isEnding = false;

  const now = () => new Date(clock.now()).toISOString();
  function record(name: ContainerEvent['name'], message: string, type: ContainerEvent['type'] = 'Normal') {
    events = addEvent(events, { name, message, type }, now());
  }

  function start() {
    const startTime = now();
    record('Created', 'Created container');
    log = createContainerLog(clock.now);
    const process = run(log);
    running = process;
    startedAt = clock.now();
    if (process.started) {
      record('Started', 'Started container');
    }
    currentState = { state: 'Running', startTime, detailStatus: '' };
    void process.exited.then((exit) => exited(startTime, exit));
  }

  function run(into: ContainerLog): ContainerProcess {
    if (command.length === 0) {
      return startScripted(image, into, clock, timings.scriptedRunMs);
    }
    const variables = new Map<string, string>();
    for (const { name, value, secureValue } of properties.environmentVariables ?? []) {
      // Neither is there when Key Vault holds the value: the emulator has no vault to ask.
      const text = value ?? secureValue;
      if (text !== undefined) {
        variables.set(name, text);
      }
    }
    return startProcess({
      command,
      variables,
      hostname: around.hostname,
      log: into,
      clock,
      graceMs: timings.graceMs,
    });
  }

  function exited(startTime: string, { exitCode, startFailure }: ProcessExit) {
    running = undefined;
    if (startFailure !== undefined) {
      record('Failed', `Error: Failed to start container: ${startFailure}`, 'Warning');
    }
    const detailStatus = exitCode === 0 ? 'Completed' : 'Error';
    currentState = { state: 'Terminated', startTime, finishTime: now(), exitCode, detailStatus };
    const delay = isEnding ? undefined : restartDelay(restartPolicy, exitCode, restartCount, timings);
    if (delay === undefined) {
      finalExitCode = exitCode;
      around.onFinished(exitCode);
      return;
    }
    record('BackOff', 'Back-off restarting failed container', 'Warning');
    previousState = currentState;
    currentState = {
      state: 'Waiting',
      detailStatus: 'CrashLoopBackOff: Back-off restarting failed container',
    };
    schedule.after(delay, () => {
      restartCount += 1;
      start();
    });
  }

  async function end(how: 'stop' | 'kill') {
    isEnding = true;
    schedule.cancel();
    if (running) {
      const { exited: gone } = running;
      record('Killing', 'Killing container');
      running[how]();
      await gone;
    }
  }

  return {
    pull: () => record('Pulling', `pulling image "${image}"`),
    pulled: () => record('Pulled', `Successfully pulled image "${image}"`),
    pullFailed() {
      record('Failed', `Failed to pull image "${image}": manifest unknown`, 'Warning');
      record('BackOff', `Back-off pulling image "${image}"`, 'Warning');
      currentState = { state: 'Waiting', detailStatus: 'ImagePullBackOff' };
    },
    start(before) {
      // [U] that a restart of the group counts, and what it leaves of the state before.
      if (before && before.currentState.state === 'Terminated') {
        restartCount = before.restartCount + 1;
        previousState = before.currentState;
      }
      start();
    },
    end,
    async stop() {
      const hadEnded = currentState.state === 'Terminated';
      await end('stop');
      if (!hadEnded) {
        // One that waits has its last run to show, if it had one.
        const last = currentState.state === 'Waiting' ? previousState : currentState;
        currentState = { ...last, state: 'Terminated', detailStatus: stoppedDetail };
      }
    },
    instanceView: () => ({ restartCount, currentState, ...(previousState && { previousState }), events }),
    progress: () => ({
      started: log !== undefined,
      ...(finalExitCode !== undefined && { exitCode: finalExitCode }),
    }),
    log: () => log,
    process: () => (running?.pid === undefined ? undefined : { pid: running.pid, startedAt }),
  };
}
