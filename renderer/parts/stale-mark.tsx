import type { ReactElement } from 'react';

/** Hatched square: the mark of what is older than its limit. Drawn, since the house font has no such sign. */
export function StaleMark(): ReactElement {
  return <span className="stale-mark" role="img" aria-label="stale" />;
}
