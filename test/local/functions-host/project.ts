import { EventEmitter, once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Child, startChild } from '../../../local/children.ts';

const root = join(import.meta.dirname, '../../..');
const shipped = [
  'local/host.ts',
  'local/options.ts',
  'local/clock.ts',
  'local/functions-host',
  'src/loopbackGuard.ts',
];

/** The statement that every fixture app begins with. */
export const head = `const { app } = require('@azure/functions');\n`;
export const streaming = `${head}app.setup({ enableHttpStream: true });\n`;

/** A folder laid out as this project, with an app of its own: `local/host.ts` serves the folder it lies in. */
export function writeProject(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'functions-host-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const path of shipped) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const all = { 'package.json': '{"type":"module","main":"dist/main.cjs"}', ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

type Ready = { url: string; keys?: { master: string; host: string; functions: Record<string, string> } };
export type RunningHost = Child<Ready> & {
  url: string;
  /** All that it has printed so far. */
  lines: string[];
  /** The first line, printed already or to come, in which this is found. */
  line(text: string): Promise<string>;
};

/** Starts `local/host.ts` over an app, on a free port, until the test is over. */
export async function startProject(
  files: Record<string, string>,
  { args = ['--port', '0'], env = {} }: { args?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<RunningHost> {
  const lines: string[] = [];
  const printed = new EventEmitter();
  const child = await startChild<Ready>({
    script: join(writeProject(files), 'local/host.ts'),
    args,
    env: { PATH: process.env['PATH'], ...env },
    onLine(line) {
      lines.push(line);
      printed.emit('line');
    },
  });
  onTestFinished(async () => {
    await child.stop();
  });
  return {
    ...child,
    url: child.ready.url,
    lines,
    async line(text) {
      for (;;) {
        const found = lines.find((line) => line.includes(text));
        if (found !== undefined) {
          return found;
        }
        await once(printed, 'line');
      }
    },
  };
}

/** What a server says to these bytes until it closes the connection; the bytes should ask it to. */
export async function sendRaw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(bytes);
  let answer = '';
  for await (const chunk of socket) {
    answer += chunk;
  }
  return answer;
}
