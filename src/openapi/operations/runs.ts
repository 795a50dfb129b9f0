import type { Words } from '../model.ts';
import { launchParameters, launchRefusals, pageParameters, progressHeaders } from './shared.ts';

/** What there is to say of the operations on runs of container groups. */
export const runOperations: Record<string, Words> = {
  'POST launch-container-group': {
    summary: 'Run a container group',
    description:
      'Launches any group in scope with this call’s own variables. No job’s secrets are put back. command, image and resources are only taken where the app’s setting GROUP_RUN_ALLOW names them.',
    tag: 'Runs',
    visibility: 'important',
    parameters: launchParameters,
    body: { schema: 'RunRequest', required: false },
    answers: { 200: 'RunOverOrDryRun', 202: 'RunGoesOn' },
    refusals: launchRefusals,
    asks: 'arm',
    launches: true,
  },
  'GET list-runs': {
    summary: 'List the runs of a container group',
    description: 'Newest first.',
    tag: 'Runs',
    visibility: 'advanced',
    parameters: pageParameters,
    answers: { 200: 'RunPage' },
    refusals: [400],
    asks: 'store',
  },
  'GET show-run': {
    summary: 'Get a run',
    description: 'Answers 200 whatever the status of the run.',
    tag: 'Runs',
    visibility: 'important',
    answers: { 200: { description: 'The run.', schema: 'Run', headers: ['Retry-After'] } },
    refusals: [400, 404],
    asks: 'store',
  },
  'GET show-run-logs': {
    summary: 'Get the logs of a run',
    description: 'What it prints while it goes on; afterwards the last 64 Ki characters of each container.',
    tag: 'Runs',
    visibility: 'advanced',
    parameters: ['container', 'tail', 'timestamps', 'task'],
    answers: { 200: { description: 'What the container printed.', schema: 'Logs', text: true } },
    refusals: [400, 404],
    asks: 'arm',
  },
  'POST cancel-run': {
    summary: 'Cancel a run',
    description: 'With app roles: for who may launch its job, and for who may write.',
    tag: 'Runs',
    visibility: 'advanced',
    answers: {
      200: { description: 'The run, which is canceled.', schema: 'Run', headers: progressHeaders },
      202: {
        description: 'The run, which comes to its end.',
        schema: 'Run',
        headers: [...progressHeaders, 'Retry-After'],
      },
    },
    refusals: [400, 404, 409, 413, 415],
    asks: 'store',
  },
  'POST rerun-run': {
    summary: 'Run the same again',
    description:
      'As a run of its own; with app roles, for who may launch its job, and for who may write. What was secret of the run must be sent again: it was kept only until the run was over.',
    tag: 'Runs',
    visibility: 'advanced',
    parameters: launchParameters,
    body: { schema: 'RerunRequest', required: false },
    answers: { 200: 'RunOver', 202: 'RunGoesOn' },
    refusals: launchRefusals,
    asks: 'arm',
    launches: true,
  },
  'GET show-result': {
    summary: 'Get the result of a run',
    description: 'What the Location of a launch points at. The ticket is signed, and is the key.',
    tag: 'Runs',
    visibility: 'internal',
    answers: {
      200: { description: 'The run, which is over, whether it failed or not.', schema: 'Run' },
      202: {
        description: 'The run, which goes on: ask again.',
        schema: 'Run',
        headers: ['Location', 'Retry-After'],
      },
    },
    refusals: [404, 503],
  },
};
