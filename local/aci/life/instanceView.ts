// The words and shapes of the service's instance views.

export type ContainerState = {
  state: 'Waiting' | 'Running' | 'Terminated';
  startTime?: string;
  finishTime?: string;
  exitCode?: number;
  detailStatus: string;
};

export type ContainerEvent = {
  count: number;
  firstTimestamp: string;
  lastTimestamp: string;
  name: 'Pulling' | 'Pulled' | 'Created' | 'Started' | 'Killing' | 'Failed' | 'BackOff';
  message: string;
  type: 'Normal' | 'Warning';
};

export type ContainerInstanceView = {
  restartCount: number;
  currentState: ContainerState;
  previousState?: ContainerState;
  events: ContainerEvent[];
};

export type GroupState = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Stopped';

/** Whether nothing of a group runs any more, nor will by itself: its compute is given back. */
export function hasEnded(state: GroupState): boolean {
  return state === 'Succeeded' || state === 'Failed' || state === 'Stopped';
}

/** Adds an event to a container's list; one that repeats the last of its kind counts up instead. */
export function addEvent(
  events: readonly ContainerEvent[],
  event: Pick<ContainerEvent, 'name' | 'message' | 'type'>,
  at: string,
): ContainerEvent[] {
  const same = events.find((one) => one.name === event.name && one.message === event.message);
  return same
    ? events.map((one) => (one === same ? { ...one, count: one.count + 1, lastTimestamp: at } : one))
    : [...events, { count: 1, firstTimestamp: at, lastTimestamp: at, ...event }];
}
