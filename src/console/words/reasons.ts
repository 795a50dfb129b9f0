import type { RunReason } from '../../runs/run.ts';

const sentences: Record<RunReason, string> = {
  Queued: 'Another run holds the group; this one is in the queue.',
  GroupBusy: 'The group is busy with something else; the launch is tried again.',
  Throttled: 'Azure throttles the app; the launch is tried again.',
  QuotaReached: 'A quota is reached; the launch is tried again.',
  CapacityUnavailable: 'The region has no room now; the launch is tried again.',
  ImagePull: 'The image could not be pulled.',
  Launching: 'The group is written, and Azure starts its containers.',
  Running: 'The containers are running.',
  Completed: 'All went well.',
  NonZeroExit: 'A container ended with an exit code other than 0.',
  OutOfMemory: 'A container took more memory than it has.',
  LaunchRejected: 'Azure refused the launch.',
  TimedOut: 'It took longer than it may, and was stopped.',
  NeverStarted: 'No container started in time.',
  CanceledByCaller: 'Somebody canceled it.',
  Superseded: 'A newer run took its place.',
  GroupChanged: 'Somebody else wrote to the group while it ran.',
  GroupDeleted: 'The group was deleted while it ran.',
};

/** What a run's reason means; nothing for one that this page does not know yet. */
export function meaningOf(reason: string): string {
  return Object.hasOwn(sentences, reason) ? sentences[reason as RunReason] : '';
}
