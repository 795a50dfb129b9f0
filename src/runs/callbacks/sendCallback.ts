import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type CallbackAnswer, callbackAnswer } from './callbackAnswer.ts';
import { callbackUrlFaults } from './callbackUrlFaults.ts';
import { AddressRefused } from './checkedLookup.ts';
import { isRefusedAddress } from './refusedAddresses.ts';

export type Callback = {
  url: string;
  body: string;
  headers: Readonly<Record<string, string>>;
  /** Milliseconds that all of the call may take. */
  deadlineMs: number;
};

/** Where callbacks may go. */
export type CallbackLimits = {
  /** Of CALLBACK_HOSTS. */
  allowedHosts: readonly string[];
  allowLoopback: boolean;
  /** Of createCheckedLookup. */
  lookup: LookupFunction;
};

/** Bytes of an answer's body that are waited for, and thrown away. */
const mostBodyBytes = 4_096;

/**
 * POSTs a callback once, to an allowed host at a public address, with no proxy and no redirect followed. Failures are values, too.
 *
 * The status alone is the answer: its body is read so that the receiver can end in peace, and neither kept nor shown.
 */
export function sendCallback(callback: Callback, limits: CallbackLimits): Promise<CallbackAnswer> {
  // Again, for the setting may have changed since the URL was taken.
  const [fault] = callbackUrlFaults(callback.url, limits.allowedHosts, limits);
  if (fault !== undefined) {
    return Promise.resolve({ delivered: false, retryable: false, why: `The callback's URL: ${fault}` });
  }
  const url = new URL(callback.url);
  const options = { method: 'POST', headers: callback.headers, lookup: limits.lookup };
  const signal = AbortSignal.timeout(callback.deadlineMs);
  return new Promise((resolve) => {
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, signal, agent: new HttpsAgent(), rejectUnauthorized: true })
        : httpRequest(url, { ...options, signal, agent: new HttpAgent() });
    // Before the request is written. The lookup lets no such address pass, but a host that is itself an address would not ask it.
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        if (isRefusedAddress(socket.remoteAddress ?? '', limits)) {
          request.destroy(new AddressRefused());
        }
      });
    });
    let answer: CallbackAnswer | undefined;
    const settle = (error: Error) => resolve(answer ?? failureOf(error, url.host, signal));
    request.on('error', settle);
    request.on('close', () => settle(new Error('no answer')));
    request.on('response', (response) => {
      answer = callbackAnswer(url.host, response.statusCode ?? 0, response.headers['retry-after']);
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostBodyBytes) {
          response.destroy();
        }
      });
      response.on('error', settle);
    });
    request.end(callback.body);
  });
}

/** Shows an error's code alone: its message may hold more of the URL. */
function failureOf(error: Error, host: string, signal: AbortSignal): CallbackAnswer {
  if (error instanceof AddressRefused) {
    return { delivered: false, retryable: false, why: `'${host}': ${error.message}` };
  }
  const why = signal.aborted
    ? `'${host}' did not answer in time.`
    : `'${host}' could not be reached (${'code' in error ? error.code : 'no answer'}).`;
  return { delivered: false, retryable: true, why };
}
