/** A location as the service compares it: `West Europe` is `westeurope`. */
export function regionOf(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}
