import { gunzipSync } from 'node:zlib';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { NotFound } from '../aci/errors.ts';
import type { Collaborators } from './collaborators.ts';
import type { ConsoleFile } from './consoleFiles.ts';
import type { HttpFunction } from './http/endpoint.ts';
import * as appTriggers from './triggers/appTriggers.ts';

/** The page may load its own files and call its own app, and nothing else; nobody may frame it, and no text ever becomes markup. */
const pageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** `GET console`: the web page. It holds nothing of anybody; what it shows it asks the other functions for, as its user may. */
export function showConsole({ consoleFiles }: Pick<Collaborators, 'consoleFiles'>): HttpFunction {
  return {
    ...appTriggers.showConsole,
    async handler(request) {
      const page = (await consoleFiles()).get('index.html');
      return fileAnswer(request, page, 'no-cache');
    },
  };
}

/** `GET console/{file}`: what the page loads. The names of the files change with their contents, so they can be kept for ever. */
export function showConsoleFile({ consoleFiles }: Pick<Collaborators, 'consoleFiles'>): HttpFunction {
  return {
    ...appTriggers.showConsoleFile,
    async handler(request) {
      const name = request.params['file'] ?? '';
      const file = name === 'index.html' ? undefined : (await consoleFiles()).get(name);
      return fileAnswer(request, file, 'public, max-age=31536000, immutable');
    },
  };
}

function fileAnswer(
  { headers }: HttpRequest,
  file: ConsoleFile | undefined,
  cacheControl: string,
): HttpResponseInit {
  if (file === undefined) {
    throw new NotFound('ConsoleFileNotFound', 'The console has no such file; open api/console again.');
  }
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(headers.get('accept-encoding') ?? '');
  return {
    headers: {
      ...pageHeaders,
      'content-type': file.type,
      'cache-control': cacheControl,
      vary: 'accept-encoding',
      ...(takesGzip && { 'content-encoding': 'gzip' }),
    },
    body: takesGzip ? file.gzipped : gunzipSync(file.gzipped),
  };
}
