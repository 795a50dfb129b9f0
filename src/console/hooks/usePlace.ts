import { useEffect, useState } from 'preact/hooks';
import { fragmentOf, type Place, placeOf } from '../place.ts';

/** The place that the URL names, as it changes. */
export function usePlace(): Place {
  const [fragment, setFragment] = useState(location.hash);
  useEffect(() => {
    const follow = () => setFragment(location.hash);
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return placeOf(fragment);
}

/** Goes to a place; the back button leads back. */
export function goTo(place: Place): void {
  location.hash = fragmentOf(place);
}
