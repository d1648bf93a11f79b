import { useSyncExternalStore } from 'react';

/** From this width on a screen has more panels, not larger ones. */
const WIDE = '(min-width: 2000px)';

/** Whether the window has room for more panels. */
export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, isWide);
}

function isWide(): boolean {
  return window.matchMedia(WIDE).matches;
}

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(WIDE);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
