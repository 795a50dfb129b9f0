import { randomBytes, randomUUID } from 'node:crypto';
import { invalidRequestContent } from '../armErrors.ts';
import { containerGroupDeploymentNotReady } from '../containerGroupErrors.ts';
import { readContent } from '../document/readContent.ts';
import { type Answer, refuse } from '../http/answer.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { Cloud } from './cloud.ts';
import { findContainer } from './findGroup.ts';
import type { ArmRequest } from './route.ts';

/** POST attach: where to listen to a running container's output. No websocket stands behind it here. */
export function attachToContainer(cloud: Cloud, request: ArmRequest): Answer {
  const found = findContainer(cloud, request);
  if ('error' in found) {
    return refuse(found.error);
  }
  const { stored, container } = found;
  const view = stored.life.instanceView(container);
  return view?.currentState.state === 'Running'
    ? { status: 200, body: connection(request) }
    : // [U] the code.
      refuse(containerGroupDeploymentNotReady(stored.name));
}

/** POST exec: the same for a command of the caller's, which is not run here. */
export function executeInContainer(cloud: Cloud, request: ArmRequest): Answer {
  const read = readContent(request.body);
  if ('error' in read) {
    return refuse(read.error);
  }
  const fault = findExecFault(read.content);
  return fault === undefined ? attachToContainer(cloud, request) : refuse(invalidRequestContent(fault));
}

function connection({ origin }: ArmRequest): object {
  return {
    webSocketUri: `${origin.replace(/^http/, 'ws')}/emulator/websocket/${randomUUID()}`,
    password: randomBytes(24).toString('base64url'),
  };
}

function findExecFault({ command, terminalSize }: JsonObject): string | undefined {
  if (typeof command !== 'string' || command === '') {
    return "Required property 'command' not found in JSON. Path ''";
  }
  const size = terminalSize ?? {};
  const isSize =
    isJsonObject(size) && [size['rows'], size['cols']].every((one) => Number.isInteger(one ?? 1));
  return isSize ? undefined : "Unexpected value while reading, expected Integer. Path 'terminalSize'";
}
