import { isOver, type Run } from '../run.ts';

/** A CloudEvents 1.0 event in the structured mode of its JSON format, which tells how a run ended. */
export type CallbackEvent<EndedRun> = {
  specversion: '1.0';
  /** The run's own id: the event of a run is the same however often it is sent, so that its receiver can tell. */
  id: string;
  source: string;
  type: string;
  subject: string;
  time?: string;
  datacontenttype: 'application/json';
  data: EndedRun;
};

/**
 * The event that tells of a run's end: of type `aci-job-launcher.run.succeeded`, `.failed` or `.canceled`.
 * @param run as the API shows it; all of it becomes the event's data.
 * @param given.source a URI reference that says which app this is. Receivers tell events apart by source and id.
 * @throws RangeError when the run is not over.
 */
export function callbackEvent<EndedRun extends Pick<Run, 'id' | 'status' | 'finishedAt'>>(
  run: EndedRun,
  { source }: { source: string },
): CallbackEvent<EndedRun> {
  if (!isOver(run)) {
    throw new RangeError(`Run '${run.id}' is not over.`);
  }
  return {
    specversion: '1.0',
    id: run.id,
    source,
    type: `aci-job-launcher.run.${run.status.toLowerCase()}`,
    subject: run.id,
    ...(run.finishedAt !== undefined && { time: run.finishedAt }),
    datacontenttype: 'application/json',
    data: run,
  };
}
