import type { ReplayResult } from '../../../main/contract/replay.ts';
import type { DockTab } from '../../parts/dock.tsx';
import { LeveragePanel } from '../../parts/surplus/leverage-panel.tsx';
import { FeedbackNow } from './feedback-now.tsx';
import { MomentPanel } from './moment-panel.tsx';

/** What the panels beside the course are given: the window and the step looked at. What is measured now needs neither. */
export type SystemPanelProps = { readonly replay: ReplayResult; readonly at: number };

type SystemTab = DockTab<SystemPanelProps>;

/** The step looked at. */
const moment: SystemTab = { id: 'moment', title: 'At the playhead', Body: MomentPanel };

/** The system as it is now, whatever window is replayed. */
const now: readonly SystemTab[] = [
  { id: 'feedback', title: 'Feedback now', Body: FeedbackNow },
  { id: 'leverage', title: 'Critical leverage', Body: LeveragePanel },
];

/** The docks beside the course: one, or on a wide window the moment above the present. */
export function sideDocks(isWide: boolean): readonly (readonly SystemTab[])[] {
  return isWide ? [[moment], now] : [[moment, ...now]];
}
