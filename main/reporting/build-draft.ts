import type { AnalysisResult } from '../contract/analysis.ts';
import type { HedgeResult } from '../contract/hedge.ts';
import type { ReportResults } from '../contract/report-record.ts';
import type { ReportModel } from './report-model.ts';
import { backtestSections } from './sections/backtests.ts';
import { decidedSections, decisionHeadline } from './sections/decision.ts';
import { evidenceSections } from './sections/evidence.ts';
import { legSections } from './sections/legs.ts';
import { outlookSections } from './sections/outlook/outlook.ts';
import { replaySections } from './sections/replays.ts';
import { positionSections, requirementSections } from './sections/requirements.ts';
import { stressSections } from './sections/stress.ts';

/** What is at hand of a report before it has been computed. */
export type DraftContent = Pick<ReportResults, 'replays' | 'study' | 'backtests' | 'outlook'> & {
  readonly analysis: AnalysisResult;
  readonly suggestion: HedgeResult | null;
  readonly bookDigest: string;
};

/** The report as far as it needs nothing more to be computed: without what is tried on the suggestion, without a record, nothing to sign on. */
export function buildDraft(content: DraftContent): ReportModel {
  const { analysis, suggestion, bookDigest, replays, study, backtests, outlook } = content;
  return {
    bookName: analysis.bookName,
    asOf: analysis.snapshotAsOf,
    ...decisionHeadline(analysis, suggestion),
    sections: [
      ...decidedSections(analysis, suggestion),
      ...(suggestion === null ? [] : legSections(suggestion)),
      ...requirementSections(analysis),
      ...stressSections(analysis, false),
      ...outlookSections(outlook),
      ...replaySections({ replays, study }),
      ...backtestSections(backtests),
      ...evidenceSections(analysis, suggestion),
      ...positionSections(analysis),
    ],
    isDraft: true,
    signature: {
      recordDigest: '',
      bookDigest,
      engineVersion: analysis.engineVersion,
      seed: analysis.seed,
      solver: suggestion?.solver ?? 'no suggestion',
    },
  };
}
