import { createHash } from 'node:crypto';

/** With 12 of the hash, two hyphens and an index of up to 9 digits, ACI's 63 characters at most. */
const mostOfTemplate = 40;

/**
 * What the copy of a group is called that runs one task of a run: the start of the template's name, a hash of the run's id and
 * the task's index. Lower case always, as ACI wants it.
 * @param index of the task, from 0.
 */
export function copyName(templateName: string, runId: string, index: number): string {
  return copyPrefix(templateName, runId) + index;
}

/** Whether a group of the template's resource group is named as a copy for this run, of whatever index. ARM ignores case. */
export function isCopyOf(name: string, templateName: string, runId: string): boolean {
  const prefix = copyPrefix(templateName, runId);
  const lowerCase = name.toLowerCase();
  return lowerCase.startsWith(prefix) && /^(?:0|[1-9]\d*)$/.test(lowerCase.slice(prefix.length));
}

function copyPrefix(templateName: string, runId: string): string {
  const start = templateName.toLowerCase().slice(0, mostOfTemplate).replace(/-+$/, '');
  const hash = createHash('sha256').update(runId).digest('hex').slice(0, 12);
  return `${start}-${hash}-`;
}
