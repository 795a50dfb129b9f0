import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { groupDocument } from '../rig/groups.ts';

// An Azure that remembers nothing and answers at once: what 10,000 launches leave behind is to be looked for in the app, and the
// emulators would be what takes the time.
for (const reason of ['disconnect', 'SIGTERM', 'SIGINT'] as const) {
  process.on(reason, () => process.exit(0));
}

const group = JSON.stringify({
  ...groupDocument,
  properties: { ...groupDocument.properties, provisioningState: 'Succeeded' },
});
const token = JSON.stringify({
  access_token: 'a token',
  expires_on: String(Math.floor(Date.now() / 1000) + 86_400),
  resource: 'https://management.azure.com',
  token_type: 'Bearer',
});

type Answer = { status: number; type: string; body: string };

const server = createServer(async (request, response) => {
  const sent = await bodyOf(request);
  const { status, type, body } = answerTo(request, sent);
  response.writeHead(status, { 'content-type': type }).end(body);
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ ready: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } });
});

function answerTo({ url = '', method }: IncomingMessage, sent: string): Answer {
  if (url.startsWith('/msi/token')) {
    return { status: 200, type: 'application/json', body: token };
  }
  if (url.startsWith('/subscriptions/')) {
    return { status: 200, type: 'application/json', body: group };
  }
  if (url.includes('$batch')) {
    return { status: 202, type: 'multipart/mixed; boundary=batch', body: committed(sent) };
  }
  if (method === 'GET') {
    const missing = {
      'odata.error': { code: 'ResourceNotFound', message: { lang: 'en-US', value: 'Missing.' } },
    };
    return { status: 404, type: 'application/json', body: JSON.stringify(missing) };
  }
  return { status: 201, type: 'application/xml', body: queued };
}

const queued =
  '<?xml version="1.0" encoding="utf-8"?><QueueMessagesList><QueueMessage><MessageId>1</MessageId><InsertionTime>Sat, 21 Nov 2026 15:00:00 GMT</InsertionTime><ExpirationTime>Sat, 28 Nov 2026 15:00:00 GMT</ExpirationTime><PopReceipt>1</PopReceipt><TimeNextVisible>Sat, 21 Nov 2026 15:00:05 GMT</TimeNextVisible></QueueMessage></QueueMessagesList>';

/** That each change of a transaction was made. */
function committed(sent: string): string {
  const changes = sent.match(/HTTP\/1\.1/g)?.length ?? 0;
  const part = [
    '--changes',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    'HTTP/1.1 204 No Content',
    'DataServiceVersion: 1.0;',
    'ETag: W/"1"',
    '',
    '',
  ];
  return [
    '--batch',
    'Content-Type: multipart/mixed; boundary=changes',
    '',
    ...Array.from({ length: changes }, () => part).flat(),
    '--changes--',
    '--batch--',
    '',
  ].join('\r\n');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
