import type { HttpRequest } from '@azure/functions';
import type { ContainerGroups } from '../aci/containerGroups.ts';
import { allContainers, type ContainerGroupDocument } from '../aci/document.ts';
import { InvalidRequest, NotFound } from '../aci/errors.ts';
import { getIfThere } from '../aci/getIfThere.ts';
import { readMark } from '../aci/mark.ts';
import { groupOfTask, type RunRecord, type Task } from '../runs/runRecord.ts';
import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { lastLines } from './http/lastLines.ts';
import { chosenContainer, logsAnswer, readLogsQuery } from './http/logs.ts';
import { parameterFault } from './http/query.ts';
import { readRun } from './http/readRun.ts';
import { requireReadable } from './http/requireReadable.ts';
import { runNotFound, runOf } from './http/runParams.ts';
import * as runTriggers from './triggers/runTriggers.ts';

/**
 * `GET {group}/runs/{runId}/logs?container&tail&timestamps&task`: what ACI has while the run's own containers are there, and afterwards
 * what was kept of it. In mode clone each task has logs of its own; the first one's without `task`.
 */
export function showRunLogs(collaborators: Collaborators): HttpFunction {
  return {
    ...runTriggers.showRunLogs,
    async handler(request) {
      const { group, runId } = runOf(request);
      const { container: asked, ...options } = readLogsQuery(request);
      await requireReadable(request, group, collaborators);
      const run = await readRun(collaborators.requests, group, runId);
      if (run === undefined) {
        throw runNotFound(runId);
      }
      const task = taskOf(request, run);
      const containerGroups = collaborators.containerGroupsFor(request);
      const live = await liveGroup(containerGroups, run, task);
      if (live) {
        const container = chosenContainer(
          asked,
          allContainers(live).map(({ name }) => name),
          live.properties.containers.map(({ name }) => name),
        );
        const content = await containerGroups.listLogs(groupOfTask(run, task), container, options);
        return logsAnswer(request, container, content);
      }
      if (task.containers.length === 0) {
        throw noLogs(
          `Run '${run.id}' has not started a container${run.end ? '' : ' yet'}, so it has no logs.`,
        );
      }
      const container = chosenContainer(
        asked,
        task.containers.map(({ name }) => name),
      );
      const content = await collaborators.requests.store.log(group, run.id, task.index, container);
      if (content === undefined) {
        throw noLogs(`No logs of container '${container}' were kept of run '${run.id}'.`);
      }
      if (options.timestamps) {
        throw new InvalidRequest([
          parameterFault('timestamps', 'Logs are kept as they were printed, without timestamps.'),
        ]);
      }
      return logsAnswer(request, container, lastLines(content, options.tail));
    },
  };
}

function taskOf({ query }: HttpRequest, { id, tasks }: RunRecord): Task {
  const asked = query.get('task') ?? '0';
  if (!/^\d{1,3}$/.test(asked)) {
    throw new InvalidRequest([
      parameterFault('task', `task '${asked}' must be the index of a task, from 0.`),
    ]);
  }
  const task = tasks[Number(asked)];
  if (task === undefined) {
    throw new NotFound(
      'TaskNotFound',
      `Run '${id}' has no task ${asked}; its tasks are 0 to ${tasks.length - 1}.`,
    );
  }
  return task;
}

/** The task's group, while it carries the run's mark and its end is not stored yet. */
async function liveGroup(
  containerGroups: ContainerGroups,
  run: RunRecord,
  task: Task,
): Promise<ContainerGroupDocument | undefined> {
  if (task.phase === 'over') {
    return undefined;
  }
  const document = await getIfThere(containerGroups, groupOfTask(run, task));
  return document && readMark(document)?.runId === run.id ? document : undefined;
}

function noLogs(message: string): NotFound {
  return new NotFound('LogsNotFound', message);
}
