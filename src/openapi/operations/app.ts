import type { Words } from '../model.ts';

/** What there is to say of the operations that tell of the app itself. */
export const appOperations: Record<string, Words> = {
  'GET health': {
    summary: 'Check the health of the app',
    tag: 'App',
    visibility: 'internal',
    answers: {
      200: { description: 'The app and Azure behind it answer.', schema: 'Health' },
      503: { description: 'Something behind it does not.', schema: 'Health' },
    },
  },
  'GET list-jobs': {
    summary: 'List the jobs',
    tag: 'Jobs',
    visibility: 'advanced',
    answers: { 200: { description: 'Every job, by name.', schema: 'JobList' } },
  },
  'GET whoami': {
    summary: 'See what this caller may do',
    tag: 'App',
    visibility: 'internal',
    answers: { 200: { description: 'Who the caller is, as far as the app is told.', schema: 'WhoAmI' } },
  },
  'GET show-openapi': {
    summary: 'Get this description as OpenAPI 3.1',
    tag: 'App',
    visibility: 'internal',
    answers: { 200: { description: 'The document.', schema: 'Description' } },
  },
  'GET show-swagger': {
    summary: 'Get this description as OpenAPI 2.0',
    description: 'As custom connectors of Power Automate and Logic Apps take it.',
    tag: 'App',
    visibility: 'internal',
    answers: { 200: { description: 'The document.', schema: 'Description' } },
  },
};
