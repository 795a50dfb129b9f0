/** Where the key is kept: with the tab, and gone with it. */
const name = 'functionsKey';

export function keptKey(): string | undefined {
  return sessionStorage.getItem(name) ?? undefined;
}

/** @param key undefined to forget it. */
export function keepKey(key: string | undefined): void {
  if (key === undefined) {
    sessionStorage.removeItem(name);
  } else {
    sessionStorage.setItem(name, key);
  }
}
