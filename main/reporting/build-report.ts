import type { ReportResults } from '../contract/report-record.ts';
import type { ReportModel, ReportSection } from './report-model.ts';
import { alternativeSections } from './sections/alternatives.ts';
import { backtestSections } from './sections/backtests.ts';
import { beforeAfterSections } from './sections/before-after.ts';
import { decisionHeadline, decisionSections } from './sections/decision.ts';
import { definitionSections } from './sections/definitions.ts';
import { evidenceSections } from './sections/evidence.ts';
import { legSections, survivalSections } from './sections/legs.ts';
import { outlookSections } from './sections/outlook/outlook.ts';
import { provenanceSections } from './sections/provenance.ts';
import { replaySections } from './sections/replays.ts';
import { positionSections, requirementSections } from './sections/requirements.ts';
import { sensitivitySections } from './sections/sensitivities.ts';
import { stressSections } from './sections/stress.ts';

/** What a report is built from: the results of its record, and the names of record and book. */
export type ReportContent = { readonly results: ReportResults; readonly recordDigest: string; readonly bookDigest: string };

/**
 * The one model behind every format. Holds no clock time and no run id: the same record gives the same bytes in every format. The decision
 * fills the first page; then what supports it, the book, what was recorded, and what everything rests on; the positions close it.
 */
export function buildReport(content: ReportContent): ReportModel {
  const { results, recordDigest, bookDigest } = content;
  const { analysis, hedge } = results;
  const [first, ...rest] = supportSections(content);
  return {
    bookName: analysis.bookName,
    asOf: analysis.snapshotAsOf,
    ...decisionHeadline(analysis, hedge?.suggestion ?? null),
    sections: [...decisionSections(results), ...(first === undefined ? [] : [{ ...first, startsPage: true }]), ...rest],
    signature: {
      recordDigest,
      bookDigest,
      engineVersion: analysis.engineVersion,
      seed: analysis.seed,
      solver: hedge?.suggestion.solver ?? 'no suggestion',
    },
  };
}

/** What stands behind the page that is signed, in the order in which somebody who doubts it asks. */
function supportSections(content: ReportContent): ReportSection[] {
  const { results } = content;
  const { analysis, hedge, survival } = results;
  return [
    ...(hedge === null ? [] : [...legSections(hedge.suggestion), ...beforeAfterSections(analysis, hedge)]),
    ...survivalSections(survival, hedge?.suggestion ?? null),
    ...sensitivitySections(results),
    ...(hedge === null ? [] : alternativeSections(analysis, hedge)),
    ...requirementSections(analysis),
    ...stressSections(analysis, hedge !== null),
    ...outlookSections(results.outlook),
    ...replaySections(results),
    ...backtestSections(results.backtests),
    ...evidenceSections(analysis, hedge?.suggestion ?? null),
    ...provenanceSections(content),
    ...definitionSections(results),
    ...positionSections(analysis),
  ];
}
