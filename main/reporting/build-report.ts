import type { AnalysisResult } from '../contract/analysis.ts';
import type { HedgeResult } from '../contract/hedge.ts';
import type { ReportModel } from './report-model.ts';
import { backtestSections } from './sections/backtests.ts';
import { decisionHeadline, decisionSections } from './sections/decision.ts';
import { evidenceSections } from './sections/evidence.ts';
import { replaySections, type Replays } from './sections/replays.ts';
import { requirementSections } from './sections/requirements.ts';
import { stressSections } from './sections/stress.ts';

/** What stands in where no window has been replayed. */
const NO_REPLAYS: Replays = { windows: [], study: null, backtests: [] };

/**
 * The one model behind every format. Holds no clock time and no run id: the same analysis and suggestion give the same
 * bytes in every deterministic format.
 */
export function buildReport(analysis: AnalysisResult, hedge: HedgeResult | null, replays: Replays = NO_REPLAYS): ReportModel {
  return {
    bookName: analysis.bookName,
    asOf: analysis.snapshotAsOf,
    ...decisionHeadline(analysis, hedge),
    sections: [
      ...decisionSections(analysis, hedge),
      ...requirementSections(analysis),
      ...stressSections(analysis),
      ...replaySections(replays),
      ...backtestSections(replays.backtests),
      ...evidenceSections(analysis, hedge),
    ],
    signature: {
      digest: analysis.inputsDigest,
      engineVersion: analysis.engineVersion,
      seed: analysis.seed,
      solver: hedge?.solver ?? 'no suggestion',
    },
  };
}
