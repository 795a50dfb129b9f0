import type { LogLine } from './containerLog.ts';

/** What is left of a log once its container has stopped: 16 KB or 1,000 lines, whichever is less. */
const stopped = { bytes: 16 * 1024, lines: 1000 };

export type LogQuery = {
  /** How many lines to give, from the end; all when left out. */
  tail?: number;
  timestamps: boolean;
};

/** The `content` of a logs answer; null when the container has written nothing. */
export function renderLog(lines: readonly LogLine[], isTerminated: boolean, query: LogQuery): string | null {
  const kept = isTerminated ? cut(lines) : lines;
  const wanted = query.tail === undefined ? kept : kept.slice(Math.max(0, kept.length - query.tail));
  const content = wanted
    .map(({ at, text }) => (query.timestamps ? `${new Date(at).toISOString()} ${text}` : text))
    .join('');
  return lines.length === 0 ? null : content;
}

function cut(lines: readonly LogLine[]): LogLine[] {
  const kept: LogLine[] = [];
  let left = stopped.bytes;
  for (const line of lines.slice(-stopped.lines).reverse()) {
    if (line.bytes > left) {
      const text = lastBytes(line.text, left);
      return text === '' ? kept : [{ ...line, text }, ...kept];
    }
    kept.unshift(line);
    left -= line.bytes;
  }
  return kept;
}

/** The end of a text, at most so many bytes long and never half a character. */
function lastBytes(text: string, count: number): string {
  const bytes = Buffer.from(text);
  let start = bytes.length - count;
  while (start < bytes.length && ((bytes[start] ?? 0) & 0b1100_0000) === 0b1000_0000) {
    start += 1;
  }
  return bytes.subarray(start).toString();
}
