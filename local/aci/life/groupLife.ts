import type { Clock } from '../../clock.ts';
import type { Container, ContainerGroup } from '../document/containerGroup.ts';
import type { ContainerLog } from '../logs/containerLog.ts';
import type { Timings } from '../timings.ts';
import { createContainerLife, type RunningProcess } from './containerLife.ts';
import { groupState } from './groupState.ts';
import type { ContainerInstanceView, GroupState } from './instanceView.ts';
import { initRestartPolicy, readRestartPolicy } from './restartDelay.ts';
import { createSchedule } from './schedule.ts';
import { failsToPull } from './scriptedImage.ts';

/** How far one PUT has come, in the words of its operation's status. */
export type Provisioning = 'Pending' | 'Creating' | 'Succeeded' | 'Failed';

/** A group from one PUT to the next, or to its deletion. */
export type GroupLife = {
  provisioning(): Provisioning;
  /** Whether it is on its way from one state to another, so that it takes no other order. */
  isTransitioning(): boolean;
  state(): GroupState;
  /** By a container's name, init containers included; undefined while the service has nothing to say of it. */
  instanceView(container: string): ContainerInstanceView | undefined;
  log(container: string): ContainerLog | undefined;
  /** What runs in its containers now, where that can be measured. */
  processes(): (RunningProcess & { container: string })[];
  /** Ends its containers and keeps what there is to see of them; resolves once all have ended. */
  stop(): Promise<void>;
  /** Ends everything, for good. */
  end(how: 'stop' | 'kill'): Promise<void>;
};

export type GroupSurroundings = {
  name: string;
  clock: Clock;
  timings: Timings;
  onProvisioning(status: Provisioning): void;
};

/** The life that an update replaces, its processes already told to end. */
export type Replaced = {
  life: GroupLife;
  ended: Promise<void>;
  /** Whether it goes on in the next one, which counts its restarts on. */
  isRestart: boolean;
};

/** Begins to provision a group; everything else follows on the clock. */
export function startGroupLife(
  { properties }: ContainerGroup,
  around: GroupSurroundings,
  replaced?: Replaced,
): GroupLife {
  const { clock, timings } = around;
  const replacedEnded = replaced?.ended;
  // Let go of as soon as it is no longer shown: else every generation would keep the one before it.
  let shownInstead = replaced?.life;
  let restarted = replaced?.isRestart ? replaced.life : undefined;
  const schedule = createSchedule(clock);
  const policy = readRestartPolicy(properties.restartPolicy);
  let provisioning: Provisioning = 'Pending';
  let isEnded = false;
  let isSettling = false;
  let stopping: 'not' | 'stopping' | 'stopped' = 'not';

  const create = (
    container: Container,
    restartPolicy: typeof policy,
    onFinished: (exitCode: number) => void,
  ) => ({
    name: container.name,
    image: container.properties.image ?? '',
    life: createContainerLife(container, {
      hostname: around.name,
      restartPolicy,
      clock,
      timings,
      onFinished,
    }),
  });
  const initContainers = (properties.initContainers ?? []).map((container, index) =>
    create(container, initRestartPolicy(policy), (exitCode) => exitCode === 0 && startFrom(index + 1)),
  );
  const containers = properties.containers.map((container) => create(container, policy, () => undefined));
  const all = [...initContainers, ...containers];

  function become(status: Provisioning) {
    provisioning = status;
    around.onProvisioning(status);
  }

  function pull() {
    become('Creating');
    shownInstead = undefined;
    for (const { life } of all) {
      life.pull();
    }
    schedule.after(timings.pullMs, pulled);
  }

  function pulled() {
    for (const { life, image } of all) {
      if (failsToPull(image)) {
        life.pullFailed();
      } else {
        life.pulled();
      }
    }
    if (all.some(({ image }) => failsToPull(image))) {
      become('Failed');
    } else {
      schedule.after(timings.createMs, () => void startWhenFree());
    }
  }

  /** Two generations of a group never run at once. */
  async function startWhenFree() {
    if (replacedEnded) {
      await replacedEnded;
    }
    startFrom(0);
  }

  /** Starts the init container with this index, or all containers when no init container is left. */
  function startFrom(index: number) {
    if (isEnded) {
      return;
    }
    const isInit = index < initContainers.length;
    for (const { name, life } of isInit ? initContainers.slice(index, index + 1) : containers) {
      life.start(restarted?.instanceView(name));
    }
    if (!isInit) {
      restarted = undefined;
    }
    // [U] whether provisioning waits for init containers: one that never ends would block every update.
    if (!isSettling) {
      isSettling = true;
      schedule.after(timings.settleMs, () => become('Succeeded'));
    }
  }

  schedule.after(timings.pendingMs, pull);
  const find = (container: string) => all.find(({ name }) => name === container)?.life;
  return {
    provisioning: () => provisioning,
    isTransitioning: () =>
      provisioning === 'Pending' || provisioning === 'Creating' || stopping === 'stopping',
    state: () =>
      stopping === 'stopped'
        ? 'Stopped'
        : groupState(
            initContainers.map(({ life }) => life.progress()),
            containers.map(({ life }) => life.progress()),
            provisioning === 'Failed',
          ),
    // [U] how long the old state stays visible after an update: here until the new images are pulled.
    instanceView: (container) =>
      provisioning === 'Pending' ? shownInstead?.instanceView(container) : find(container)?.instanceView(),
    log: (container) => find(container)?.log(),
    processes: () =>
      all.flatMap(({ name, life }) => {
        const process = life.process();
        return process ? [{ ...process, container: name }] : [];
      }),
    async stop() {
      isEnded = true;
      stopping = 'stopping';
      schedule.cancel();
      await Promise.all(all.map(({ life }) => life.stop()));
      stopping = 'stopped';
    },
    async end(how) {
      isEnded = true;
      schedule.cancel();
      await Promise.all([...all.map(({ life }) => life.end(how)), replacedEnded]);
      if (provisioning === 'Pending' || provisioning === 'Creating') {
        become('Failed');
      }
    },
  };
}
