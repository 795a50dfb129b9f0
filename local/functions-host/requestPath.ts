/**
 * The segments of a request's path, decoded as Kestrel does it: `%2F` stays as it is, and so does an escape that is
 * malformed or not UTF-8; one trailing slash is ignored.
 * @returns undefined for a path that Kestrel refuses with 400: one with a null character.
 */
export function decodePath(pathname: string): string[] | undefined {
  const trimmed = pathname.replace(/^\//, '').replace(/\/$/, '');
  if (/%00/.test(trimmed)) {
    return undefined;
  }
  return trimmed === '' ? [] : trimmed.split('/').map(decodeSegment);
}

function decodeSegment(segment: string): string {
  return segment.replace(/(?:%(?!2f)[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
