const placeholder = /(\{(?:id|timestamp|body)\})/;

/** The pieces of a signed content: literal text, and `{id}`, `{timestamp}` and `{body}`. */
export function piecesOf(signedContent: string): string[] {
  return signedContent.split(placeholder).filter((piece) => piece !== '');
}

/** What is wrong with a signed content, in words that follow its name; undefined when nothing is. */
export function signedContentFault(signedContent: string): string | undefined {
  const pieces = piecesOf(signedContent);
  const variables = pieces.filter((piece) => placeholder.test(piece));
  if (!variables.includes('{body}')) {
    return 'must hold {body}: what is not signed could be changed';
  }
  if (new Set(variables).size < variables.length) {
    return 'must hold each of {body}, {id} and {timestamp} once at most';
  }
  const unknown = pieces.find((piece) => !placeholder.test(piece) && /[{}]/.test(piece));
  if (unknown !== undefined) {
    return `knows only {body}, {id} and {timestamp}; it holds '${unknown}'`;
  }
  const isAmbiguous = pieces.some(
    (piece, index) => placeholder.test(piece) && placeholder.test(pieces[index + 1] ?? ''),
  );
  return isAmbiguous
    ? 'must have text between what it holds, else the end of one could be taken for the start of the next'
    : undefined;
}
