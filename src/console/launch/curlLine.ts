/** What proves who calls, as the page itself proves it. */
export type Proof = 'none' | 'key' | 'token';

const proofs: Record<Proof, string> = {
  none: '',
  key: '-H "x-functions-key: $FUNCTIONS_KEY"',
  token: '-H "authorization: Bearer $TOKEN"',
};

/** A piece of a text: as it is, or what a variable of the shell holds. */
type Piece = { text: string } | { variable: string };

/**
 * The call for a POSIX shell, as one line that is broken for its readers. No secret is in it: keys, tokens, secure values and the callback's URL are variables of the
 * shell, which whoever runs it sets.
 */
export function curlLine(url: string, body: Record<string, unknown>, proof: Proof): string {
  const data = joined(piecesOf(body, []))
    .map((piece) => ('text' in piece ? quote(piece.text) : `"$${piece.variable}"`))
    .join('');
  const parts = [`curl ${quote(url)}`, proofs[proof], "-H 'content-type: application/json'", `-d ${data}`];
  return parts.filter(Boolean).join(' \\\n  ');
}

/** Whether something of a body is secret: what the line has variables for. */
export function hasSecrets(body: Record<string, unknown>): boolean {
  return piecesOf(body, []).some((piece) => 'variable' in piece);
}

/** A text as one word of a POSIX shell. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function piecesOf(value: unknown, path: readonly string[]): Piece[] {
  if (isSecret(path)) {
    return [{ text: '"' }, { variable: shellName(path) }, { text: '"' }];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ text: JSON.stringify(value) }];
  }
  const members = Object.entries(value).flatMap(([name, member], index) => [
    { text: `${index > 0 ? ',' : ''}${JSON.stringify(name)}:` },
    ...piecesOf(member, [...path, name]),
  ]);
  return [{ text: '{' }, ...members, { text: '}' }];
}

function isSecret(path: readonly string[]): boolean {
  const [member, , inner] = path;
  return (
    (path.length === 1 && member === 'callbackUrl') ||
    (path.length === 2 && member === 'secureEnv') ||
    (path.length === 4 && member === 'containers' && inner === 'secureEnv')
  );
}

function joined(pieces: readonly Piece[]): Piece[] {
  const together: Piece[] = [];
  for (const piece of pieces) {
    const last = together.at(-1);
    if (last && 'text' in last && 'text' in piece) {
      together[together.length - 1] = { text: last.text + piece.text };
    } else {
      together.push(piece);
    }
  }
  return together;
}

function shellName(path: readonly string[]): string {
  const name = path.filter((step) => step !== 'secureEnv' && step !== 'containers').join('_');
  return name === 'callbackUrl' ? 'CALLBACK_URL' : `SECRET_${name.replace(/\W/g, '_')}`; // none of the shell's own, nor the proof's
}
