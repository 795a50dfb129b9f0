import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import type { JsonObject } from '../../aci/json.ts';
import { freeHead, type Head } from '../head.ts';
import type { RunRecord } from '../runRecord.ts';
import {
  allRuns,
  headKey,
  idempotencyKey,
  logKey,
  logKeys,
  partitionOf,
  requestKey,
  runKey,
} from './keys.ts';
import type { RowChange, Rows } from './rows.ts';
import { RowConflict, StorageError } from './rows.ts';
import type { StoredRequest } from './storedRequest.ts';

/** A value with what tells whether it was changed since; no ETag where nothing was stored yet. */
export type Stored<Value> = { value: Value; etag: string | undefined };

/** What one idempotency key stands for. */
export type KnownKey = {
  runId: string;
  /** Tells this request from another. */
  fingerprint: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
};

/** A run as it is to be, and as it was stored before; not at all, when it is new. */
export type RunChange = { value: RunRecord; was: Stored<RunRecord> | undefined };

/** One transaction over the rows of a group: all of it, or nothing. */
export type Commit = {
  run: RunChange;
  head?: Stored<Head>;
  /** Other runs of the group that a request changes. */
  others?: RunChange[];
  request?: StoredRequest;
  key?: { hash: string; known: KnownKey; etag: string | undefined };
};

/** The runs of container groups, as they are stored. Every call may reject with `StorageError`. */
export type RunStore = ReturnType<typeof createRunStore>;

/** A commit without an answer is made once more: the ETags and the token keep it from being made twice. */
const mostTries = 2;

/** @param newToken random text, another one at each call. */
export function createRunStore(rows: Rows, newToken: () => string) {
  async function find<Value>(group: ContainerGroupId, key: string): Promise<Stored<Value> | undefined> {
    const row = await rows.get(partitionOf(group), key);
    return row && { value: row.value as Value, etag: row.etag };
  }

  return {
    async head(group: ContainerGroupId): Promise<Stored<Head>> {
      return (await find<Head>(group, headKey)) ?? { value: freeHead, etag: undefined };
    },
    run(group: ContainerGroupId, runId: string): Promise<Stored<RunRecord> | undefined> {
      return find<RunRecord>(group, runKey(runId));
    },
    async request(group: ContainerGroupId, runId: string): Promise<StoredRequest | undefined> {
      return (await find<StoredRequest>(group, requestKey(runId)))?.value;
    },
    key(group: ContainerGroupId, hash: string): Promise<Stored<KnownKey> | undefined> {
      return find<KnownKey>(group, idempotencyKey(hash));
    },
    async log(
      group: ContainerGroupId,
      runId: string,
      task: number,
      container: string,
    ): Promise<string | undefined> {
      return (await find<{ content: string }>(group, logKey(runId, task, container)))?.value.content;
    },

    /** Newest first. @param after the run id after which to go on; there need be no run of it. */
    async list(group: ContainerGroupId, top: number, after?: string): Promise<RunRecord[]> {
      const from = after === undefined ? allRuns.from : `${runKey(after)}.`;
      const found = await rows.list(partitionOf(group), { ...allRuns, from, top });
      return found.map(({ value }) => value as RunRecord);
    },

    /**
     * Stores all of it, or nothing.
     * @returns whether it is stored; not, when somebody else changed one of the rows. Rejects with `StorageError` when nobody knows.
     */
    async commit(group: ContainerGroupId, commit: Commit): Promise<boolean> {
      const partition = partitionOf(group);
      const token = newToken();
      const { id } = commit.run.value;
      const isNew = commit.run.was === undefined;
      for (let tries = 1; ; tries += 1) {
        try {
          await rows.commit(partition, changesOf(commit, token));
          return true;
        } catch (error) {
          if (!(error instanceof RowConflict || error instanceof StorageError)) {
            throw error;
          }
          // The answer to an earlier try, or to this one, may have got lost: what is stored tells.
          const row = await rows.get(partition, runKey(id));
          if (row !== undefined && (isNew || row.value['token'] === token)) {
            return true;
          }
          if (error instanceof RowConflict) {
            return false;
          }
          if (tries === mostTries) {
            throw error;
          }
        }
      }
    },

    /** Keeps the last words of a task's containers, by container. */
    async keepLogs(
      group: ContainerGroupId,
      runId: string,
      task: number,
      logs: Readonly<Record<string, string>>,
    ): Promise<void> {
      for (const [container, content] of Object.entries(logs)) {
        await rows.commit(partitionOf(group), [
          { action: 'put', key: logKey(runId, task, container), value: { content } },
        ]);
      }
    },

    /** Puts what is left of the request of a run that is over in the place of what was stored. */
    async putRequest(group: ContainerGroupId, runId: string, request: StoredRequest): Promise<void> {
      await rows.commit(partitionOf(group), [
        { action: 'put', key: requestKey(runId), value: request as JsonObject },
      ]);
    },

    /** Removes all that is stored of a run. */
    async remove(group: ContainerGroupId, run: RunRecord): Promise<void> {
      const partition = partitionOf(group);
      for (;;) {
        const logs = await rows.list(partition, { ...logKeys(run.id), top: 1_000 });
        if (logs.length === 0) {
          break;
        }
        await rows.delete(
          partition,
          logs.map(({ key }) => key),
        );
      }
      const key = run.keyRow === undefined ? undefined : await this.key(group, run.keyRow);
      await rows.delete(partition, [
        requestKey(run.id),
        // It may stand for another run by now.
        ...(run.keyRow === undefined || key?.value.runId !== run.id ? [] : [idempotencyKey(run.keyRow)]),
        runKey(run.id), // last: what is left over by a crash is found again by it
      ]);
    },
  };
}

function changesOf({ run, head, others = [], request, key }: Commit, token: string): RowChange[] {
  return [
    change(runKey(run.value.id), { ...run.value, token }, run.was?.etag),
    ...(head ? [change(headKey, head.value, head.etag)] : []),
    ...others.map(({ value, was }) => change(runKey(value.id), { ...value, token }, was?.etag)),
    ...(request ? [put(requestKey(run.value.id), request)] : []),
    ...(key ? [change(idempotencyKey(key.hash), key.known, key.etag)] : []),
  ];
}

function change(key: string, value: object, etag: string | undefined): RowChange {
  return etag === undefined
    ? { action: 'create', key, value: value as JsonObject }
    : { action: 'replace', key, value: value as JsonObject, etag };
}

function put(key: string, value: object): RowChange {
  return { action: 'put', key, value: value as JsonObject };
}
