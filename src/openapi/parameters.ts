import { nameRules } from '../aci/containerGroupId.ts';
import { listStatuses } from '../aci/listing/listStatuses.ts';
import { metricIntervals } from '../aci/metrics/metrics.ts';
import type { Parameter } from './model.ts';

const named = (part: keyof typeof nameRules, description: string) => ({
  description: `${description}: ${nameRules[part].says}.`,
  schema: { type: 'string', pattern: nameRules[part].pattern.source },
});
const query = (name: string, description: string, schema: Parameter['schema']): Parameter => ({
  name,
  in: 'query',
  description,
  schema,
});
const pathPart = (name: string, rest: Omit<Parameter, 'name' | 'in'>): Parameter => ({
  name,
  in: 'path',
  required: true,
  ...rest,
});
const header = (name: string, description: string, schema: Parameter['schema']): Parameter => ({
  name,
  in: 'header',
  description,
  schema,
  'x-ms-visibility': 'advanced',
});

/** 1–255 visible ASCII characters, bare or as a quoted string, which a bare one does not begin like. */
const idempotencyKey = {
  type: 'string',
  pattern: '^(?:"(?:[!#-\\[\\]-~]|\\\\["\\\\]){1,255}"|[!#-~][!-~]{0,254})$',
};

/** The parameters that operations share, by their names in the document: those of the path have the names that they have in routes. */
export const parameters: Record<string, Parameter> = {
  subscriptionId: pathPart('subscriptionId', named('subscriptionId', 'The subscription')),
  resourceGroup: pathPart('resourceGroup', named('resourceGroup', 'The resource group')),
  name: pathPart('name', named('name', 'The container group')),
  runId: pathPart('runId', { description: 'The id of the run.', schema: { type: 'string' } }),
  ticket: pathPart('ticket', { description: 'The ticket of the run.', schema: { type: 'string' } }),
  listSubscriptionId: {
    name: 'subscriptionId',
    in: 'query',
    ...named('subscriptionId', 'Only in this subscription'),
  },
  listResourceGroup: {
    name: 'resourceGroup',
    in: 'query',
    ...named('resourceGroup', 'Only in this resource group'),
  },
  status: query('status', 'Only groups with this status.', { type: 'string', enum: listStatuses }),
  containerGroupsTop: query('top', 'The most of one page.', {
    type: 'integer',
    minimum: 1,
    maximum: 1000,
    default: 1000,
  }),
  top: query('top', 'The most of one page.', { type: 'integer', minimum: 1, maximum: 100, default: 25 }),
  skipToken: {
    ...query('skipToken', 'Where the page begins, as a nextLink has it.', { type: 'string' }),
    'x-ms-visibility': 'advanced',
  },
  container: query('container', 'Whose logs; may be left out where there is only one.', { type: 'string' }),
  tail: query('tail', 'How many of the last lines; all without it.', {
    type: 'integer',
    minimum: 1,
    maximum: 999_999_999,
  }),
  timestamps: query('timestamps', 'Whether each line begins with its time.', { type: 'boolean' }),
  task: query('task', 'Which of the copies, in mode clone.', {
    type: 'integer',
    minimum: 0,
    maximum: 999,
    default: 0,
  }),
  timespan: query('timespan', 'How far back: an ISO 8601 duration of days, hours and minutes, up to P30D.', {
    type: 'string',
    pattern: '^P(?!$)(?:\\d{1,5}D)?(?:T(?!$)(?:\\d{1,5}H)?(?:\\d{1,5}M)?)?$',
    default: 'PT1H',
  }),
  interval: query(
    'interval',
    'What is summed up to one point: not longer than the timespan, of which it may hold 1440; the finest that fits without it.',
    { type: 'string', enum: Object.keys(metricIntervals) },
  ),
  force: {
    ...query('force', 'Whether to go ahead though a run holds the container group.', {
      type: 'boolean',
      default: false,
    }),
    'x-ms-visibility': 'advanced',
  },
  'Idempotency-Key': header(
    'Idempotency-Key',
    'The same call with the same key is the same run, for 24 hours; with another body it is refused (422).',
    idempotencyKey,
  ),
  'Repeatability-Request-ID': {
    ...header(
      'Repeatability-Request-ID',
      'Another name for Idempotency-Key, which counts where both are sent.',
      idempotencyKey,
    ),
    'x-ms-visibility': 'internal',
  },
  Prefer: header(
    'Prefer',
    'wait=60 has the answer wait for the end of the run, for at most 100 seconds (RFC 7240); respond-async does not.',
    { type: 'string' },
  ),
  'WebHook-Request-Origin': header('WebHook-Request-Origin', 'Who wants to send.', { type: 'string' }),
  'WebHook-Request-Rate': header('WebHook-Request-Rate', 'How many requests a minute.', { type: 'string' }),
};
