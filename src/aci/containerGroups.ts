import { readAnswer, unansweredError } from './armAnswer.ts';
import { type ArmPipelineOptions, type ArmRequest, createArmPipeline } from './armPipeline.ts';
import { type ContainerGroupId, resourceIdOf } from './containerGroupId.ts';
import { asContainerGroup, type ContainerGroupDocument } from './document.ts';
import { ArmError } from './errors.ts';
import { isObject } from './json.ts';

/** The newest stable version, for GET and PUT alike: what a group holds today is answered in full (facts/aci.md). */
const apiVersion = '2026-07-01';
const subscriptionsApiVersion = '2022-12-01';

export type LogOptions = {
  /** How many of the last lines; all that ACI still has, without it. */
  tail?: number | undefined;
  /** Whether each line starts with its time. */
  timestamps?: boolean | undefined;
};

/** Container groups as Azure holds them. Every call may reject with an `ArmError`. */
export type ContainerGroups = {
  get(id: ContainerGroupId): Promise<ContainerGroupDocument>;
  /** Writes the whole group; resolves as soon as ARM has accepted it, long before the containers start. */
  createOrUpdate(id: ContainerGroupId, document: ContainerGroupDocument): Promise<void>;
  /** What the container has printed, as far as ACI still has it. */
  listLogs(id: ContainerGroupId, container: string, options: LogOptions): Promise<string>;
  /** Whether Azure answers at all: resolves when the identity may list its subscriptions. */
  ping(): Promise<void>;
};

export type ContainerGroupsOptions = ArmPipelineOptions & {
  /** How long one call to ARM may take before it counts as unanswered. */
  deadlineMs: number;
  /** The current time in milliseconds since 1970. */
  now: () => number;
};

/** Container groups over ARM. The SDKs are loaded at the first call, so that a start does not wait for them. */
export function armContainerGroups(options: ContainerGroupsOptions): ContainerGroups {
  let pipeline: ReturnType<typeof createArmPipeline> | undefined;

  async function call(
    request: Omit<ArmRequest, 'abortSignal' | 'url'>,
    path: string,
    query: Record<string, string>,
  ) {
    const isWrite = request.method !== 'GET';
    const url = `${options.endpoint}${encodeURI(path)}?${new URLSearchParams(query)}`;
    pipeline ??= createArmPipeline(options);
    const deadline = AbortSignal.timeout(options.deadlineMs);
    const response = await Promise.race([
      pipeline({ ...request, url, abortSignal: deadline }),
      rejectOn(deadline), // a credential may wait for its endpoint without looking at the signal
    ]).catch((cause: unknown) => {
      throw unansweredError(cause, isWrite, options.deadlineMs);
    });
    return readAnswer(response, isWrite, options.now());
  }

  return {
    async get(id) {
      return asContainerGroup(await call({ method: 'GET' }, resourceIdOf(id), { 'api-version': apiVersion }));
    },
    async createOrUpdate(id, document) {
      const body = JSON.stringify(document);
      await call({ method: 'PUT', body }, resourceIdOf(id), { 'api-version': apiVersion });
    },
    async listLogs(id, container, { tail, timestamps }) {
      const answer = await call({ method: 'GET' }, `${resourceIdOf(id)}/containers/${container}/logs`, {
        'api-version': apiVersion,
        ...(tail !== undefined && { tail: String(tail) }),
        ...(timestamps !== undefined && { timestamps: String(timestamps) }),
      });
      if (!isObject(answer)) {
        throw new ArmError({ code: 'UnexpectedAnswer', message: 'Azure Resource Manager answered no logs.' });
      }
      return typeof answer['content'] === 'string' ? answer['content'] : '';
    },
    async ping() {
      await call({ method: 'GET' }, '/subscriptions', { 'api-version': subscriptionsApiVersion });
    },
  };
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
