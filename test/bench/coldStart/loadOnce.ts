import { createRequire } from 'node:module';
import { provideCoreApi } from '../../../local/functions-host/loadApp.ts';
import { createWorker } from '../../../local/functions-host/worker.ts';

// Loads an app's entry point as the worker does, and tells how many milliseconds that took.
const entryPoint = process.argv[2] ?? '';
provideCoreApi(createWorker(() => {}).coreApi);
const load = createRequire(entryPoint);
const began = performance.now();
load(entryPoint);
// What the app begins behind that is not waited for: it asks for a token, and where no identity answers that takes its time.
process.send?.({ ready: performance.now() - began }, () => process.exit());
