const leastCharacters = 32;

/**
 * Reads the setting LAUNCHER_SECRET: secrets with commas between, the first of which seals and signs from now on.
 * @param value undefined or blank where the setting is not there.
 * @returns the secrets that are good, and what is wrong with the others: by their number in the list, never by their text.
 */
export function readLauncherSecret(value: string | undefined): { secrets: string[]; faults: string[] } {
  if (!value?.trim()) {
    return { secrets: [], faults: [] };
  }
  if (/@Microsoft\.KeyVault\(/i.test(value)) {
    return {
      secrets: [],
      faults: [
        "It holds a Key Vault reference that the platform could not resolve: see the setting's status in the portal.",
      ],
    };
  }
  const items = value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const secrets: string[] = [];
  const faults = items.length === 0 ? ['It names no secret.'] : [];
  for (const [index, item] of items.entries()) {
    const fault = faultOf(item, secrets);
    if (fault === undefined) {
      secrets.push(item);
    } else {
      faults.push(`Secret ${index + 1} of ${items.length} ${fault}.`);
    }
  }
  return { secrets, faults };
}

function faultOf(secret: string, before: readonly string[]): string | undefined {
  if (/\s/.test(secret)) {
    return 'has a space or a line break in it; secrets have commas between them';
  }
  if ([...secret].length < leastCharacters) {
    return `is shorter than ${leastCharacters} characters; 'openssl rand -hex 32' makes a good one`;
  }
  return before.includes(secret) ? 'is there twice' : undefined;
}
