import type { ReactElement } from 'react';

/** Three-letter mark of a venue. A venue has no colour: colour is for state. */
export function VenueMark({ mark }: { readonly mark: string }): ReactElement {
  return <span className="venue-mark">{mark}</span>;
}
