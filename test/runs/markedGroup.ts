import type { ContainerGroupDocument, ContainerState, InstanceView } from '../../src/aci/document.ts';
import { newRunId } from '../../src/runs/runId.ts';

/** When the run of these tests was asked for. */
export const askedAt = Date.parse('2026-01-31T12:00:00.000Z');
export const runId = newRunId(askedAt, new Uint8Array(16).fill(7));

export const id = {
  subscriptionId: '11111111-2222-3333-4444-555555555555',
  resourceGroup: 'jobs',
  name: 'nightly',
};

/** RFC 3339, so many seconds after the run was asked for. */
export function at(seconds: number): string {
  return new Date(askedAt + seconds * 1000).toISOString();
}

type Group = {
  provisioningState?: string;
  restartPolicy?: string;
  containers?: Record<string, InstanceView | null>;
  /** The variables of every container; the run's mark when not said. */
  mark?: Record<string, string>;
  instanceView?: { state: string | null } | null;
};

/** A group that carries the run's mark, as ARM answers it. */
export function groupOf({
  provisioningState = 'Succeeded',
  restartPolicy = 'Never',
  containers = { main: null },
  mark = { RUN_ID: runId, RUN_ATTEMPT: '1' },
  instanceView = null,
}: Group): ContainerGroupDocument {
  return {
    id: `/subscriptions/${id.subscriptionId}/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/nightly`,
    name: 'nightly',
    location: 'westeurope',
    properties: {
      provisioningState,
      restartPolicy,
      osType: 'Linux',
      instanceView,
      containers: Object.entries(containers).map(([name, view]) => ({
        name,
        properties: {
          image: 'image',
          resources: { requests: { cpu: 1, memoryInGB: 1 } },
          environmentVariables: Object.entries(mark).map(([name, value]) => ({ name, value })),
          instanceView: view,
        },
      })),
    },
  };
}

export function waiting(detailStatus = 'Waiting to run'): InstanceView {
  return { restartCount: 0, currentState: { state: 'Waiting', detailStatus } };
}

export function running(startTime = at(5), view: InstanceView = {}): InstanceView {
  return { restartCount: 0, ...view, currentState: { state: 'Running', startTime, detailStatus: '' } };
}

export function terminated(
  exitCode: number | null,
  state: ContainerState = {},
  view: InstanceView = {},
): InstanceView {
  return { restartCount: 0, ...view, currentState: ended(exitCode, state) };
}

export function ended(exitCode: number | null, state: ContainerState = {}): ContainerState {
  return {
    state: 'Terminated',
    startTime: at(5),
    finishTime: at(20),
    exitCode,
    detailStatus: exitCode === 0 ? 'Completed' : 'Error',
    ...state,
  };
}
