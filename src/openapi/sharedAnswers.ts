import type { Answer } from './model.ts';
import { launchHeaders } from './operations/shared.ts';

/** The answers that several operations have, by their names in the document. */
export const sharedAnswers: Record<string, Answer> = {
  RunGoesOn: {
    description: 'The run, which goes on.',
    schema: 'Run',
    headers: [...launchHeaders, 'Retry-After'],
  },
  RunOver: { description: 'The run, which is over.', schema: 'Run', headers: launchHeaders },
  RunOverOrDryRun: {
    description: 'The run, which is over; or what dryRun asked for.',
    schema: 'RunOrDryRun',
    headers: launchHeaders,
  },
  RunOverOrIgnored: {
    description: 'The run, which is over; or why nothing was started.',
    schema: 'RunOrIgnored',
    headers: launchHeaders,
  },
  DeliveryOver: {
    description: 'Nothing goes on: a handshake, what the job ignores, or runs that are over.',
    schema: 'DeliveryOver',
    headers: ['Location', 'Operation-Location', 'Idempotent-Replayed'],
  },
  DeliveryGoesOn: {
    description: 'The run; or what each of several events came to.',
    schema: 'RunOrRunsOfEvents',
    headers: ['Location', 'Operation-Location', 'Idempotent-Replayed', 'Retry-After'],
  },
  RunPage: { description: 'A page of runs.', schema: 'RunList' },
  Operated: {
    description: 'Azure has accepted it.',
    schema: 'ContainerGroupOperated',
    headers: ['Location', 'Retry-After'],
  },
};
