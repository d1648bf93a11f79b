import type { ReactElement } from 'react';
import { FeedbackPanel } from '../../parts/surplus/feedback-panel.tsx';

/** How selling feeds on itself in the book as it stands now, at the reference shock: no window enters it. */
export function FeedbackNow(): ReactElement {
  return <FeedbackPanel />;
}
