import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Fault, FaultAction } from './fault.ts';
import { isRecordedError } from './recordedErrors.ts';

const matchMembers = ['method', 'path', 'principal', 'skip', 'times', 'action'];
const longestMs = 2 ** 31 - 1;
/** More would take the match of a path longer than anybody waits. */
const mostStars = 8;
const errorMembers = ['code', 'status', 'message', 'headers'];

/** The members that each action has besides those of the match. */
const actionMembers: Record<FaultAction['action'], readonly string[]> = {
  latency: ['milliseconds'],
  error: errorMembers,
  hang: [],
  drop: [],
  answerLost: errorMembers,
  answerLate: ['milliseconds'],
  effectLate: ['milliseconds', ...errorMembers],
  stale: [],
  tokenRefused: [],
  tokenExpired: [],
};

/** Reads a fault as the control route takes it. @returns what is wrong with it, when something is. */
export function readFault(content: JsonObject): Fault | { problem: string } {
  const problem = findProblem(content);
  // Every member has just been held to its type.
  return problem === undefined ? (content as unknown as Fault) : { problem };
}

function findProblem(fault: JsonObject): string | undefined {
  const { action } = fault;
  if (typeof action !== 'string' || !Object.hasOwn(actionMembers, action)) {
    return `'action' must be one of ${Object.keys(actionMembers).join(', ')}.`;
  }
  const own = actionMembers[action as FaultAction['action']];
  const unknown = Object.keys(fault).find((name) => !matchMembers.includes(name) && !own.includes(name));
  if (unknown !== undefined) {
    return `'${unknown}' is not a member of a fault with the action '${action}'.`;
  }
  for (const [name, { is, words }] of Object.entries(checks)) {
    const value = fault[name];
    if (value !== undefined && !is(value)) {
      return `'${name}' must be ${words}.`;
    }
  }
  if (own.includes('milliseconds') && fault['milliseconds'] === undefined) {
    return `'milliseconds' is missing.`;
  }
  const { code, status, milliseconds, path } = fault;
  if (typeof milliseconds === 'number' && milliseconds > longestMs) {
    return `'milliseconds' is over ${longestMs}, the longest that a timer waits.`;
  }
  if (typeof path === 'string' && path.split('*').length > mostStars + 1) {
    return `'path' has more than ${mostStars} stars.`;
  }
  if (typeof code === 'string' && !/^\w{1,100}$/.test(code)) {
    return `'code' must be a word.`;
  }
  if (action === 'error' && code === undefined) {
    return `'code' is missing.`;
  }
  return typeof code === 'string' && status === undefined && !isRecordedError(code)
    ? `'status' is missing: '${code}' is none of the recorded errors.`
    : undefined;
}

type Check = { is(value: Json): boolean; words: string };

const text: Check = { is: (value) => typeof value === 'string', words: 'text' };
const count: Check = {
  is: (value) => Number.isInteger(value) && Number(value) >= 0,
  words: 'a whole number, 0 or more',
};

const checks: Record<string, Check> = {
  method: text,
  path: text,
  principal: text,
  skip: count,
  times: {
    is: (value) => value === 'always' || (Number.isInteger(value) && Number(value) > 0),
    words: "a whole number, 1 or more, or 'always'",
  },
  milliseconds: count,
  code: text,
  status: {
    is: (value) => Number.isInteger(value) && Number(value) >= 400 && Number(value) <= 599,
    words: 'a whole number from 400 to 599',
  },
  message: text,
  headers: {
    is: (value) =>
      isJsonObject(value) &&
      Object.entries(value).every(
        ([name, one]) =>
          /^[A-Za-z0-9-]+$/.test(name) && typeof one === 'string' && /^[\t\x20-\x7e]*$/.test(one),
      ),
    words: 'an object of header names and their text',
  },
};
