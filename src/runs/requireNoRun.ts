import type { ContainerGroupId } from '../aci/containerGroupId.ts';
import type { ContainerGroupDocument } from '../aci/document.ts';
import { RunInProgress } from '../aci/errors.ts';
import { observeRun } from './observeRun.ts';
import { isOver } from './run.ts';

/** @throws RunInProgress when a run still holds the group. */
export function requireNoRun(
  id: ContainerGroupId,
  document: ContainerGroupDocument,
  container?: string,
): void {
  const run = observeRun(id, document, container);
  if (run && !isOver(run)) {
    throw new RunInProgress(run.id);
  }
}
