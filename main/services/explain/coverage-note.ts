import type { AnalysisResult } from '../../contract/analysis.ts';
import { percentText } from './number-text.ts';

/** Share of the book that is priced, and when: the last note of every number of an analysis. */
export function coverageNote({ coverage, snapshotAsOf }: AnalysisResult): string {
  const stale = coverage.stale.length === 0 ? '' : `, ${coverage.stale.length} of them by quotes older than their limit`;
  return `Coverage: ${coverage.priced} of ${coverage.positions} positions, ${percentText(coverage.pricedFraction)} of gross value priced${stale}; market of ${snapshotAsOf}.`;
}

/** Names of the market's sources. */
export function sourcesOf({ coverage, snapshotId }: AnalysisResult): string {
  const names = coverage.sources.map((source) => source.source);
  return names.length === 0 ? `snapshot ${snapshotId}` : names.slice(0, 3).join(', ');
}
