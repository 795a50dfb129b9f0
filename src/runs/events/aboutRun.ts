import { resourceIdOf } from '../../aci/containerGroupId.ts';
import type { RunRecord } from '../runRecord.ts';
import { traceIdOf } from '../traceparent.ts';
import type { AboutRun } from './runEvent.ts';

/** What every event of a run says. */
export function aboutRun({ id, containerGroup, job, mode, traceparent }: RunRecord): AboutRun {
  return {
    runId: id,
    containerGroup: resourceIdOf(containerGroup),
    ...(job !== undefined && { job }),
    mode,
    ...(traceparent !== undefined && { traceId: traceIdOf(traceparent) }),
  };
}
