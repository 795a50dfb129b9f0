import type { Measurement } from './measurement.ts';
import { armCalls } from './measurements/armCalls.ts';
import { firstLaunch } from './measurements/firstLaunch.ts';
import { firstLoad } from './measurements/firstLoad.ts';
import { hourLongRun } from './measurements/hourLongRun.ts';
import { list } from './measurements/list.ts';
import { manyAtOnce } from './measurements/manyAtOnce.ts';
import { memory } from './measurements/memory.ts';
import { oneLaunch } from './measurements/oneLaunch.ts';
import { provisioning } from './measurements/provisioning.ts';
import { size } from './measurements/size.ts';
import { throughput } from './measurements/throughput.ts';

/** All that is measured, in the order of the table: first what a machine shows best that has not worked for minutes. */
export const measurements: readonly Measurement[] = [
  firstLoad,
  firstLaunch,
  armCalls,
  oneLaunch,
  provisioning,
  manyAtOnce,
  throughput,
  list,
  size,
  memory,
  hourLongRun,
];
