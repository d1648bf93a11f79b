import type { AnalysisResult, CascadeResult } from '../../contract/analysis.ts';
import { heatmapChart } from '../charts/heatmap-chart.ts';
import { pathIds, priceChart } from '../charts/price-chart.ts';
import { cellValue, figure, millions, money, move, plain, ratio, share } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './section.ts';

/** The dependency graph in figures, the worst scenarios, and the cascade round by round, whose picture may stand in the report already. */
export function stressSections(analysis: AnalysisResult, isDrawn: boolean): ReportSection[] {
  return [network(analysis), grid(analysis), cascade(analysis, isDrawn), fallen(analysis), parts(analysis), worstDays(analysis)];
}

function network(analysis: AnalysisResult): ReportSection {
  const { loops, nodes, lookThrough: sum, underBacked } = analysis.network;
  const labels = new Map(nodes.map((node) => [node.id, node.label]));
  const rows = loops.map((loop): ReportCell[] => [
    words(loop.name, { isStrong: true }),
    words(loop.members.map((id) => labels.get(id) ?? id).join(' → ')),
    number(loop.gain, figure(loop.gain, 3)),
    number(cellValue(loop.turns), plain(loop.turns, 2)),
  ]);
  const paragraphs = [
    `Look-through leverage ${ratio(sum.leverage)} against ${ratio(sum.walletLeverage)} at face; the longest chain of claims has ${sum.chainDepth} links; ${share(sum.debtFinancedFraction)} of the collateral is financed by debt.`,
    ...underBacked.map((claim) => `${claim.assetId} is backed to ${share(claim.backingRatio)} only.`),
  ];
  return section({
    id: 'network',
    title: 'How the accounts hang together',
    caption: 'loops of collateral by gain; turns = 1 / (1 − gain)',
    paragraphs,
    tables: [{ id: 'loops', columns: [left('Loop', 2), left('Members', 6), right('Gain'), right('Turns')], rows }],
  });
}

function grid(analysis: AnalysisResult): ReportSection {
  const all = analysis.grids.find((item) => item.underlying === '*');
  return section({
    id: 'grid',
    title: 'Profit and loss after the cascade',
    caption: 'all drivers together, M USD',
    ...(all ? { charts: [heatmapChart(all)] } : { paragraphs: ['The scenario set has no grid of all drivers.'] }),
  });
}

function cascade(analysis: AnalysisResult, isDrawn: boolean): ReportSection {
  const result = analysis.cascade;
  const rows = result.rounds.map((round): ReportCell[] => [
    words(round.round === 0 ? 'Shock' : `Round ${round.round}`, { isStrong: true }),
    number(round.crowdSoldUsd, millions(round.crowdSoldUsd)),
    number(round.mineSoldUsd, millions(round.mineSoldUsd)),
    number(round.crowdAccounts, figure(round.crowdAccounts, 0)),
    words(round.fallen.join(', ') || '–', round.fallen.length > 0 ? { state: 'danger' } : {}),
    words(round.sentence),
  ]);
  const columns = [
    left('Round'),
    right('Crowd sold, M'),
    right('Own sold, M'),
    right('Crowd falls'),
    left('Falls', 3),
    left('What happens', 8),
  ];
  return section({
    id: 'cascade',
    title: 'The cascade, round by round',
    caption: shockWords(result),
    ...(isDrawn ? {} : { charts: [priceChart(result, pathIds(result))] }),
    tables: [{ id: 'rounds', columns, rows }],
  });
}

function shockWords(result: CascadeResult): string {
  const moves = Object.entries(result.shock.moves).map(([id, value]) => `${id} ${move(value)}`);
  return `${moves.join(', ')}; depth thinned by ${share(result.assumptions.depthThinningFraction)}; amplification of the loss ${ratio(result.lossAmplification)}`;
}

function fallen(analysis: AnalysisResult): ReportSection {
  const rows = analysis.cascade.fallen.map((item): ReportCell[] => [
    words(item.accountId, { isStrong: true, state: 'danger' }),
    number(item.round, String(item.round)),
    number(item.aloneMove, move(item.aloneMove)),
    number(item.soldUsd, millions(item.soldUsd)),
    number(item.lostUsd, millions(item.lostUsd)),
    words([item.because, ...item.causes.slice(0, 3)].join(' ← ')),
  ]);
  const columns = [left('Account', 2), right('Round'), right('Alone'), right('Sold, M'), right('Lost, M'), left('Because', 6)];
  return section({
    id: 'fallen',
    title: 'What falls, and why',
    caption: `first round ${money(analysis.cascade.firstRoundLossUsd)}, in all ${money(analysis.cascade.totalLossUsd)} USD`,
    ...(rows.length > 0 ? { tables: [{ id: 'fallen', columns, rows }] } : { paragraphs: ['Every account holds.'] }),
  });
}

function parts(analysis: AnalysisResult): ReportSection {
  const { surplus } = analysis;
  const row = (name: string, value: number, falls: string): ReportCell[] => [
    words(name, { isStrong: true }),
    number(value, millions(value)),
    words(falls),
  ];
  const rows = [
    ...surplus.parts.map((part) => row(part.venueName, part.secondRoundLossUsd, part.fallen.join(', ') || '–')),
    row('Sum of parts', surplus.sumOfPartsUsd, ''),
    row('Surplus', surplus.surplusUsd, ''),
    row('Joint', surplus.jointUsd, analysis.cascade.fallen.map((item) => item.accountId).join(', ') || '–'),
  ];
  return section({
    id: 'parts',
    title: 'Each venue alone',
    span: 'half',
    caption: `second-round loss; joint / parts ${ratio(surplus.ratio)}`,
    tables: [{ id: 'parts', columns: [left('Venue', 2), right('Loss, M'), left('Falls', 4)], rows }],
  });
}

function worstDays(analysis: AnalysisResult): ReportSection {
  const { distribution } = analysis;
  const worst = distribution.days
    .map((day, index) => ({ day, lossUsd: distribution.lossesUsd[index] ?? 0 }))
    .sort((a, b) => b.lossUsd - a.lossUsd || a.day.localeCompare(b.day))
    .slice(0, 10);
  const rows = worst.map((item): ReportCell[] => [words(item.day, { isStrong: true }), number(item.lossUsd, millions(item.lossUsd))]);
  const caption = `of ${distribution.scenarios}, M USD`;
  const risk = `ES ${share(distribution.confidence)} ${money(distribution.expectedShortfallUsd)} USD; the accounts’ own add up to ${ratio(distribution.diversificationRatio)} of it.`;
  return section({
    id: 'worst-days',
    title: 'Ten worst days of history',
    caption,
    span: 'half',
    paragraphs: [risk],
    tables: [{ id: 'worst-days', columns: [left('Day', 2), right('Loss, M')], rows }],
  });
}
