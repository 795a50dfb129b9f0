/**
 * An id in the form in which ids that ARM takes for one are the same text. ASCII letters alone: Unicode's own lower case maps
 * other letters onto them (the Kelvin sign onto k), so that a name that is not in a scope would seem to be.
 */
export function foldCase(id: string): string {
  return id.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
