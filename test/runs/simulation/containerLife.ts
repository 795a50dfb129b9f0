import type { ContainerGroupDocument, ContainerState } from '../../../src/aci/document.ts';

/** One life of a group, from the write that began it. */
export type Life = {
  /** As it was written, with its secrets. */
  document: ContainerGroupDocument;
  at: number;
  settledAt: number;
  startedAt: number;
  /** When the first container first ends by itself. */
  endedAt: number;
  /** What it exits with, at first and after each restart; the last again and again. */
  exitCodes: number[];
  stoppedAt?: number;
  /** Whether it was there before everything else, and over. */
  isBase: boolean;
};

type ContainerView = { current: ContainerState; previous?: ContainerState; restarts: number };

/** Between an end and the restart that the policy makes, for the first time; then twice as long, and so on. */
const pauseMs = 10_000;
const longestPauseMs = 300_000;

/** How long an end is shown before the container is shown as waiting for its restart. */
const shownMs = 1_000;

/** What the first container does at a time, with the restarts that its group's policy makes. */
export function mainAt(life: Life, at: number): ContainerView {
  const { exitCodes, stoppedAt = Number.POSITIVE_INFINITY } = life;
  const until = Math.min(at, stoppedAt);
  const policy = life.document.properties.restartPolicy ?? 'Always';
  const length = life.endedAt - life.startedAt;
  let startedAt = life.startedAt;
  let previous: ContainerState | undefined;
  for (let restarts = 0; ; restarts += 1) {
    const exitCode = exitCodes[Math.min(restarts, exitCodes.length - 1)] ?? 0;
    const endedAt = startedAt + length;
    const view = (current: ContainerState): ContainerView => ({
      current,
      ...(previous && { previous }),
      restarts,
    });
    if (until < endedAt) {
      return view(unfinished(life, startedAt, at));
    }
    const startTime = iso(startedAt);
    const ended: ContainerState = { state: 'Terminated', startTime, finishTime: iso(endedAt), exitCode };
    const isFinal = life.isBase || policy === 'Never' || (policy === 'OnFailure' && exitCode === 0);
    if (isFinal || until < endedAt + shownMs) {
      return view(ended);
    }
    previous = ended;
    startedAt = endedAt + Math.min(pauseMs * 2 ** restarts, longestPauseMs);
  }
}

/** What any other container does: it goes on until its group is stopped. */
export function sidecarAt(life: Life, at: number): ContainerView {
  return { current: unfinished(life, life.startedAt, at), restarts: 0 };
}

/** Whether anything runs, or would run again by itself. */
export function isAlive(life: Life, at: number): boolean {
  const isOver = life.stoppedAt !== undefined && at >= life.stoppedAt;
  return !isOver && (hasSidecar(life) || restsAt(life) > at);
}

export function isRunning(life: Life, at: number): boolean {
  return (
    at >= life.startedAt &&
    isAlive(life, at) &&
    (hasSidecar(life) || mainAt(life, at).current.state === 'Running')
  );
}

/** The group as a GET answers it: without secrets, with what its containers do at that time. */
export function viewOf(life: Life, at: number): ContainerGroupDocument {
  const document = structuredClone(life.document);
  const isSettled = at >= life.settledAt;
  const isStopped = life.stoppedAt !== undefined && at >= life.stoppedAt;
  document.properties.provisioningState = isSettled ? 'Succeeded' : 'Creating';
  document.properties.instanceView = { state: isStopped ? 'Stopped' : 'Running' };
  for (const [index, { properties }] of document.properties.containers.entries()) {
    for (const variable of properties.environmentVariables ?? []) {
      delete variable.secureValue;
    }
    const { current, previous, restarts } = index === 0 ? mainAt(life, at) : sidecarAt(life, at);
    properties.instanceView = isSettled
      ? { restartCount: restarts, currentState: current, previousState: previous ?? null }
      : { restartCount: 0, currentState: null };
  }
  return document;
}

function hasSidecar({ document, isBase }: Life): boolean {
  return !isBase && document.properties.containers.length > 1;
}

function restsAt(life: Life): number {
  const policy = life.document.properties.restartPolicy ?? 'Always';
  if (life.isBase || policy === 'Never') {
    return life.endedAt;
  }
  const tries = policy === 'OnFailure' ? life.exitCodes.indexOf(0) : -1;
  let at = life.endedAt;
  for (let restarts = 0; restarts < tries; restarts += 1) {
    at += Math.min(pauseMs * 2 ** restarts, longestPauseMs) + life.endedAt - life.startedAt;
  }
  return tries < 0 ? Number.POSITIVE_INFINITY : at;
}

/** A container that has not ended by itself: it waits, runs, or was stopped. */
function unfinished({ startedAt: first, stoppedAt }: Life, startedAt: number, at: number): ContainerState {
  if (at < first) {
    return { state: 'Waiting' };
  }
  if (stoppedAt !== undefined && at >= stoppedAt) {
    return {
      state: 'Terminated',
      startTime: iso(startedAt),
      finishTime: iso(stoppedAt),
      exitCode: 137,
      detailStatus: 'Container stopped per client request',
    };
  }
  return at < startedAt
    ? { state: 'Waiting', detailStatus: 'CrashLoopBackOff' }
    : { state: 'Running', startTime: iso(startedAt) };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
