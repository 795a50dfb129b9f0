import { StringDecoder } from 'node:string_decoder';

/** One line as a container wrote it, with its line feed unless the container ended, or the line was cut, before it. */
export type LogLine = { at: number; text: string; bytes: number };

/** What a running container's log holds at most; the oldest goes first. Documented limit. */
const maxBytes = 4 * 1024 * 1024;
/** Longer lines are taken in pieces, as container runtimes do, so that one without end cannot fill the memory. */
const maxLineLength = 16 * 1024;

export type ContainerLog = {
  /** Takes output as it comes; gives back a writer for each of stdout and stderr. */
  writer(): { write(chunk: Buffer): void; end(): void };
  append(text: string): void;
  lines(): LogLine[];
};

/** Keeps what a container writes, stdout and stderr line by line in the order of arrival. */
export function createContainerLog(now: () => number): ContainerLog {
  let lines: LogLine[] = [];
  let first = 0;
  let total = 0;

  function append(text: string) {
    const bytes = Buffer.byteLength(text);
    lines.push({ at: now(), text, bytes });
    total += bytes;
    while (total > maxBytes && first < lines.length) {
      total -= lines[first]?.bytes ?? 0;
      first += 1;
    }
    if (first > 1024 && first > lines.length / 2) {
      lines = lines.slice(first);
      first = 0;
    }
  }

  return {
    append,
    lines: () => lines.slice(first),
    writer() {
      const decoder = new StringDecoder('utf8');
      let rest = '';
      return {
        write(chunk) {
          const parts = (rest + decoder.write(chunk)).split(/(?<=\n)/);
          rest = parts.at(-1)?.endsWith('\n') ? '' : (parts.pop() ?? '');
          for (const part of parts) {
            append(part);
          }
          for (; rest.length > maxLineLength; rest = rest.slice(maxLineLength)) {
            append(rest.slice(0, maxLineLength));
          }
        },
        end() {
          rest += decoder.end();
          if (rest !== '') {
            append(rest);
          }
          rest = '';
        },
      };
    },
  };
}
