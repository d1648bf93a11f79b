import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { Playback, PlaybackStep } from './cascade-playback.ts';
import type { Stress } from './use-stress.ts';

/** What every panel of the Stress screen is given: the analysis, the cascade that is shown, the playhead and the selected account. */
export type StressPanelProps = {
  readonly analysis: AnalysisResult;
  readonly stress: Stress;
  readonly playback: Playback;
  readonly onStep: (step: PlaybackStep) => void;
  readonly selectedId: string | null;
  /** Selects an account of the book and moves the playhead to the round in which it falls. */
  readonly onAccount: (accountId: string) => void;
};
