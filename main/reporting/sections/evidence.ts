import type { AnalysisResult } from '../../contract/analysis.ts';
import type { HedgeResult } from '../../contract/hedge.ts';
import { age, figure, moment, share } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './section.ts';

/** What the numbers rest on: assumptions, sources with age, coverage. */
export function evidenceSections(analysis: AnalysisResult, hedge: HedgeResult | null): ReportSection[] {
  return [assumptions(analysis), ...(hedge ? [hedgeAssumptions(hedge)] : []), sources(analysis), gaps(analysis)];
}

function assumptions(analysis: AnalysisResult): ReportSection {
  const rows = analysis.assumptions.map((item) => [words(item.text), words(item.value, { isStrong: true }), words(item.source)]);
  return section({
    id: 'assumptions',
    title: 'Assumptions',
    caption: 'what is not a recorded fact',
    tables: [{ id: 'assumptions', columns: [left('Assumption', 3), left('Value', 3), left('Source', 3)], rows }],
  });
}

/** What the program took for granted beside market and venue terms. */
function hedgeAssumptions(hedge: HedgeResult): ReportSection {
  return section({
    id: 'hedge-assumptions',
    title: 'What the suggestion takes for granted',
    caption: 'beside market and venue terms',
    paragraphs: hedge.assumptions ?? [],
  });
}

function sources(analysis: AnalysisResult): ReportSection {
  const rows = analysis.coverage.sources.map((item): ReportCell[] => [
    words(item.source),
    words(moment(item.asOf)),
    number(item.ageMs, age(item.ageMs), { state: item.intervalMs !== null && item.ageMs > item.intervalMs ? 'watch' : 'safe' }),
    number(item.intervalMs, item.intervalMs === null ? '–' : age(item.intervalMs)),
    number(item.quotes, figure(item.quotes, 0)),
  ]);
  const columns = [left('Source', 5), left('As of', 3), right('Age'), right('Interval'), right('Quotes')];
  return section({
    id: 'sources',
    title: 'Data and its age',
    caption: `at the snapshot of ${moment(analysis.snapshotAsOf)}`,
    tables: [{ id: 'sources', columns, rows }],
  });
}

function gaps(analysis: AnalysisResult): ReportSection {
  const { coverage } = analysis;
  const rows = [
    ...coverage.unpriced.map((item) => [
      words(item.positionId, { isStrong: true, state: 'danger' }),
      words(`${item.reason}; counts as worth nothing`),
    ]),
    ...coverage.stale.map((item) => [
      words(item.positionId, { isStrong: true, state: 'watch' }),
      words(`${age(item.ageMs)} old, limit ${age(item.limitMs)}; kept at its last value`),
    ]),
  ];
  const caption = `${coverage.priced} of ${coverage.positions} positions, ${share(coverage.pricedFraction)} of gross value priced`;
  return section({
    id: 'coverage',
    title: 'Unpriced and stale',
    caption,
    ...(rows.length > 0
      ? { tables: [{ id: 'coverage', columns: [left('Position', 1), left('Reason', 3)], rows }] }
      : { paragraphs: ['Every position is priced and within its limit of age.'] }),
  });
}
