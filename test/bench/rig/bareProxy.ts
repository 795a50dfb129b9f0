import { type BareTarget, createBareLaunch } from './bareLaunch.ts';
import { serveLaunches } from './serveLaunches.ts';

// The limit: a plain server that makes a launch's four calls and does nothing else.
serveLaunches(createBareLaunch(JSON.parse(process.argv[2] ?? '') as BareTarget));
