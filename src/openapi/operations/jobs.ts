import type { Job } from '../../jobs/job.ts';
import { mapParameters, payloadName, runRequestName } from '../jobSchemas.ts';
import type { Parameter, Words } from '../model.ts';
import { launchParameters, launchRefusals, pageParameters } from './shared.ts';

/** What there is to say of the operations that each job has. */
export const jobOperations: Record<string, (job: Job) => Words> = {
  'POST launch-job': (job) => ({
    summary: `Run job '${job.name}'`,
    description: 'Launches the container group of the job with this call’s own variables.',
    tag: 'Runs',
    visibility: 'important',
    parameters: launchParameters,
    body: { schema: runRequestName(job), required: false },
    answers: { 200: 'RunOverOrDryRun', 202: 'RunGoesOn' },
    refusals: launchRefusals,
    asks: 'arm',
    launches: true,
  }),
  'POST trigger-job': (job) => ({
    summary: `Trigger job '${job.name}'`,
    description: `${
      job.map === undefined
        ? 'Each member of the body is a variable.'
        : 'The job’s map makes variables of the body, the query and the headers.'
    }${job.when.length > 0 ? ' What the job’s when does not want starts nothing.' : ''}`,
    tag: 'Runs',
    visibility: 'important',
    parameters: [...mapParameters(job), ...launchParameters],
    body: { schema: payloadName(job), required: false },
    answers: { 200: 'RunOverOrIgnored', 202: 'RunGoesOn' },
    refusals: launchRefusals,
    asks: 'arm',
    launches: true,
  }),
  'POST receive-hook': (job) => ({
    summary: `Send an event to job '${job.name}'`,
    description: 'For a sender that proves itself by its signature or its secret, and holds no key.',
    tag: 'Jobs',
    visibility: 'internal',
    parameters: proofParameters(job),
    body: { schema: {}, required: false, types: hookTypes(job) },
    answers: { 200: 'DeliveryOver', 202: 'DeliveryGoesOn' },
    refusals: [400, 401, 403, 409, 413, 415, 503],
  }),
  'OPTIONS receive-hook': (job) => ({
    summary: `Ask to send events to job '${job.name}'`,
    description: 'The handshake of CloudEvents.',
    tag: 'Jobs',
    visibility: 'internal',
    parameters: ['WebHook-Request-Origin', 'WebHook-Request-Rate'],
    answers: {
      200: {
        description: 'The sender may send.',
        headers: ['Allow', 'WebHook-Allowed-Origin', 'WebHook-Allowed-Rate'],
      },
      405: { description: 'It has no consent.', headers: ['Allow'] },
    },
  }),
  'GET show-job': (job) => ({
    summary: `Get job '${job.name}'`,
    description: 'What it is, and what it takes.',
    tag: 'Jobs',
    visibility: 'advanced',
    answers: { 200: { description: 'The job.', schema: 'Job' } },
  }),
  'GET list-job-runs': (job) => ({
    summary: `List the runs of job '${job.name}'`,
    description: 'Newest first.',
    tag: 'Runs',
    visibility: 'advanced',
    parameters: pageParameters,
    answers: { 200: 'RunPage' },
    refusals: [400],
    asks: 'store',
  }),
};

/** Where the sender's proof stands. It is not said to be required: who only wants to know whether it may send has none. */
function proofParameters({ hook }: Job): Parameter[] {
  if (hook === undefined) {
    return [];
  }
  const { proof } = hook;
  if (proof.by === 'secret') {
    const [place, name] =
      'header' in proof.place
        ? (['header', proof.place.header] as const)
        : (['query', proof.place.query] as const);
    return [{ name, in: place, description: 'The secret of the sender.', schema: { type: 'string' } }];
  }
  const { signatureHeader, idHeader, timestampHeader } = proof.settings;
  const headers = {
    [signatureHeader]: 'The signature.',
    ...(idHeader && { [idHeader]: 'The id of the delivery.' }),
    ...(timestampHeader && { [timestampHeader]: 'When it was signed.' }),
  };
  return Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  }));
}

function hookTypes({ hook }: Job): readonly string[] {
  return hook?.preset === 'event-grid' || hook?.preset === 'azure-monitor'
    ? ['application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json']
    : ['application/json'];
}
