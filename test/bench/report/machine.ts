import { cpus, totalmem } from 'node:os';

/** What the readings were taken on, in one line. */
export function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${memory} GB, Node.js ${process.versions.node}, ${process.platform} ${process.arch}`;
}
