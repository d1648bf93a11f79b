import type { ReactElement } from 'react';

/** Half-filled circle: the mark of what must be watched. Drawn, since the house font has no such sign. */
export function HalfMark(): ReactElement {
  return (
    <svg className="half-mark" width="9" height="9" viewBox="0 0 9 9" aria-hidden="true">
      <circle cx="4.5" cy="4.5" r="3.75" fill="none" stroke="currentcolor" strokeWidth="1.5" />
      <path d="M4.5 0.75 A3.75 3.75 0 0 0 4.5 8.25 Z" fill="currentcolor" />
    </svg>
  );
}
