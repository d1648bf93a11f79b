import type { AnalysisResult } from '../../contract/analysis.ts';
import type { HedgeResult } from '../../contract/hedge.ts';
import { age, figure, moment, money, move, share } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './decision.ts';

/** What the numbers rest on: assumptions, sources with age, coverage, solver evidence, definitions. */
export function evidenceSections(analysis: AnalysisResult, hedge: HedgeResult | null): ReportSection[] {
  return [assumptions(analysis), ...(hedge ? [limits(hedge)] : []), sources(analysis), gaps(analysis), definitions(analysis)];
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

function limits(hedge: HedgeResult): ReportSection {
  const rows = hedge.duals.map((dual) => [words(dual.constraint, { isStrong: true }), words(dual.text)]);
  const caption = `${hedge.solver}; ${figure(hedge.scenarios, 0)} scenarios, ${figure(hedge.candidates, 0)} candidates, confidence ${share(hedge.confidence)}`;
  return section({
    id: 'limits',
    title: 'What the binding limits cost',
    caption,
    tables: [{ id: 'limits', columns: [left('Limit', 2), left('One more unit', 4)], rows }],
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

function definitions(analysis: AnalysisResult): ReportSection {
  const rows = [
    ['Requirement', 'Debt of a lending account; maintenance margin of a margin account. USD.'],
    [
      'Excess',
      'Collateral times liquidation threshold, less debt (lending); equity less maintenance margin (margin). Below zero the account is liquidated.',
    ],
    ['Use', 'Requirement divided by what stands against it: 1 / health factor, or margin / equity.'],
    [
      'Alone, joint',
      'Smallest common move at which the account falls when nobody sells, and when every account and the surrounding borrowers react.',
    ],
    ['Second-round loss', 'Loss after the cascade of forced sales, less the loss from the shock itself.'],
    ['Interconnection surplus', 'Joint second-round loss less the sum over venues, each with its own borrowers, run alone.'],
    ['Expected shortfall (CVaR)', 'Mean loss beyond the quantile, the atom at the quantile split; one day, cascade included.'],
    [
      'Reference shock',
      `${Object.entries(analysis.reference.moves)
        .map(([id, value]) => `${id} ${move(value)}`)
        .join(', ')}, implied volatility ${figure(analysis.reference.volatilityShift * 100, 0)} points.`,
    ],
    [
      'Loss at the reference shock',
      `${money(analysis.cascade.firstRoundLossUsd)} USD before any forced sale, ${money(analysis.cascade.totalLossUsd)} USD after the cascade.`,
    ],
  ].map(([term = '', meaning = '']) => [words(term, { isStrong: true }), words(meaning)]);
  return section({
    id: 'definitions',
    title: 'Definitions',
    caption: 'each figure of this report',
    tables: [{ id: 'definitions', columns: [left('Term', 1), left('Meaning', 4)], rows }],
  });
}
