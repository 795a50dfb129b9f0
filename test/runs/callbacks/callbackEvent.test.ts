import { expect, test } from 'vitest';
import { callbackEvent } from '../../../src/runs/callbacks/callbackEvent.ts';
import type { RunStatus } from '../../../src/runs/run.ts';

const run = {
  id: '019a1b2c-3d4e-7f60-8a9b-0c1d2e3f4a5b',
  finishedAt: '2026-11-21T10:01:00.000Z',
  containers: [{ name: 'main', exitCode: 3 }],
};
const source = 'https://launcher.example.org/api';

test('the event of a run is CloudEvents 1.0, with the run as its data', () => {
  expect(callbackEvent({ ...run, status: 'Failed' }, { source })).toEqual({
    specversion: '1.0',
    id: run.id,
    source,
    type: 'aci-job-launcher.run.failed',
    subject: run.id,
    time: '2026-11-21T10:01:00.000Z',
    datacontenttype: 'application/json',
    data: { ...run, status: 'Failed' },
  });
});

test.each<[RunStatus, string]>([
  ['Succeeded', 'aci-job-launcher.run.succeeded'],
  ['Failed', 'aci-job-launcher.run.failed'],
  ['Canceled', 'aci-job-launcher.run.canceled'],
])('%s is told as %s', (status, type) => {
  expect(callbackEvent({ ...run, status }, { source }).type).toBe(type);
});

test.each<RunStatus>(['NotStarted', 'Running'])('%s is no end to tell of', (status) => {
  expect(() => callbackEvent({ ...run, status }, { source })).toThrow(RangeError);
});

test('a run that never began to end has no time', () => {
  expect(callbackEvent({ id: run.id, status: 'Canceled' }, { source })).not.toHaveProperty('time');
});
