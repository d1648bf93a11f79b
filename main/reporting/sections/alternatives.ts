import type { AnalysisResult } from '../../contract/analysis.ts';
import type { HedgeAlternative } from '../../contract/hedge-alternatives.ts';
import type { HedgeResult } from '../../contract/hedge.ts';
import type { ReportResults } from '../../contract/report-record.ts';
import { frontierChart } from '../charts/frontier-chart.ts';
import { figure, isFailure, millions, share } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './section.ts';

/** Other ways to hedge beside the suggestion, what more money would buy, and what each limit costs. */
export function alternativeSections(
  analysis: AnalysisResult,
  { alternatives, suggestion }: NonNullable<ReportResults['hedge']>,
): ReportSection[] {
  const rows = alternatives.alternatives.map(alternativeRow);
  const columns = [
    left('Way', 4),
    right('Cost, k'),
    right('ES, M'),
    right('Any liquid.'),
    right('2nd round, M'),
    left('Falls at the reference', 4),
    left('Falls within it', 4),
  ];
  return [
    section({
      id: 'alternatives',
      title: 'Other ways, side by side',
      caption: `all through the same cascades: ${alternatives.scenarios} days, ${alternatives.retained} scenarios within the reference shock`,
      paragraphs: [alternatives.statement],
      tables: [{ id: 'alternatives', columns, rows }],
    }),
    section({
      id: 'frontier',
      title: 'What more money buys',
      caption: 'cheapest program of each cost',
      span: 'half',
      charts: [frontierChart(alternatives, suggestion)],
    }),
    section({
      id: 'duals',
      title: 'What each limit costs',
      caption: 'marginal, at the solution',
      span: 'half',
      ...(suggestion.duals.length > 0
        ? { tables: [{ id: 'duals', columns: [left('', 1)], rows: suggestion.duals.map((dual) => [words(dualSentence(dual, analysis))]) }] }
        : { paragraphs: ['No limit binds: nothing would be gained by widening one.'] }),
    }),
  ];
}

function alternativeRow({ name, measures, fallsRetained, id }: HedgeAlternative): ReportCell[] {
  const { costUsd, expectedShortfallUsd, anyLiquidationFraction, secondRoundLossUsd, fallenAtReference } = measures;
  const names = (ids: readonly string[]): ReportCell =>
    words(ids.length === 0 ? 'nobody' : ids.join(', '), ids.length === 0 ? {} : { state: 'danger' });
  return [
    words(name, { isStrong: id === 'program' }),
    number(costUsd, figure(costUsd / 1e3, 1)),
    number(expectedShortfallUsd, millions(expectedShortfallUsd), { isStrong: true }),
    number(anyLiquidationFraction, share(anyLiquidationFraction)),
    number(secondRoundLossUsd, millions(secondRoundLossUsd)),
    names(fallenAtReference),
    names(fallsRetained),
  ];
}

type Dual = HedgeResult['duals'][number];

/** A price of a limit as a trader says it: 'One more dollar of margin at Deribit (DRB-ETH) is worth 0.31 of CVaR.' */
export function dualSentence({ constraint, value, text }: Dual, { accounts }: Pick<AnalysisResult, 'accounts'>): string {
  // What no dollar reaches has no price: its own sentence says so.
  if (isFailure(value) || !text.startsWith('A dollar more')) return text;
  const at = (accountId: string): string => {
    const venue = accounts.find((account) => account.accountId === accountId)?.venueName;
    return venue === undefined ? accountId : `${venue} (${accountId})`;
  };
  const margin = /^(excess of|margin to open with on) (.+)$/.exec(constraint);
  const cash = /^cash: (.+) in (.+)$/.exec(constraint);
  const depth = /^depth of (.+) \((.+)\)$/.exec(constraint);
  const subject =
    margin !== null
      ? `${margin[1] === 'excess of' ? 'margin' : 'margin to open with'} at ${at(margin[2] ?? '')}`
      : cash !== null
        ? `${cash[1] ?? ''} in ${at(cash[2] ?? '')}`
        : depth !== null
          ? `${depth[1] ?? ''} that could be traded at ${at(depth[2] ?? '')}`
          : constraint;
  return `One more dollar of ${subject} is worth ${figure(Math.abs(value), 3)} of CVaR.`;
}
