import { randomBytes } from 'node:crypto';

/** Secrets, each with a word in it that is nowhere else, and that no way of escaping text changes. */
export type Canaries = {
  /** A new secret, with characters that JSON, URLs and shells write otherwise. */
  secret(name: string): string;
  /** A new secret of letters and digits alone. */
  plainSecret(name: string): string;
  /** Lets a secret that somebody else made be looked for, too. */
  watch(name: string, secret: string): void;
  /** The names of all secrets of which a text holds anything, in whatever encoding. */
  foundIn(text: string): string[];
};

export function createCanaries(): Canaries {
  const traces = new Map<string, string[]>();
  const newWord = () => randomBytes(12).toString('hex');
  const watch = (name: string, secret: string) => {
    traces.set(name, tracesOf(secret));
  };
  return {
    watch,
    secret(name) {
      const word = newWord();
      watch(name, word);
      return `${word} "é" \\ ${word}`;
    },
    plainSecret(name) {
      const word = newWord();
      watch(name, word);
      return `c${word}${word}`;
    },
    foundIn(text) {
      const normal = text.replaceAll('-', '+').replaceAll('_', '/').replaceAll('\\/', '/');
      return [...traces]
        .filter(([, its]) => its.some((trace) => text.includes(trace) || normal.includes(trace)))
        .map(([name]) => name);
    },
  };
}

/** What of a word can be seen in a text that holds it: itself, in hexadecimal, and in base64 wherever in a longer text it begins. */
function tracesOf(word: string): string[] {
  const hex = Buffer.from(word).toString('hex');
  const inBase64 = [0, 1, 2].map((before) => {
    const whole = Buffer.from(' '.repeat(before) + word).toString('base64');
    const from = before === 0 ? 0 : before + 1; // the first characters are of what comes before, too
    return whole.slice(from, Math.floor(((before + word.length) * 8) / 6));
  });
  return [word, hex, hex.toUpperCase(), ...inBase64];
}
