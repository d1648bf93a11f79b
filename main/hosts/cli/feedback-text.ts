import type { Cell } from '../../contract/cell.ts';
import type { ExitRow, FeedbackResult } from '../../contract/feedback.ts';
import { dollars, percent, ratio, table } from './table.ts';

/** The feedback for a terminal: the sentences, the curve, the matrices side by side, and what it costs to sell everything. */
export function feedbackText(result: FeedbackResult): string {
  return [
    `${result.headline}.\n`,
    ...result.sentences.map((sentence) => `${sentence}\n`),
    `\nκ passes one at ${moveText(result.kappaPassesOneAt)}, the reproduction number at ${moveText(result.reproductionPassesOneAt)}.\n\n`,
    curveTable(result),
    '\n',
    matrixTable(result),
    '\n',
    exitTable(result),
    ...result.exit.volumes.map(
      ({ driver, dailyCoins, dailyVolatility, source, asOf }) =>
        `${driver}: daily volume ${typeof dailyCoins === 'number' ? Math.round(dailyCoins).toLocaleString('en-US') : dailyCoins.message}, volatility ${percent(dailyVolatility)} a day; ${source}${asOf === null ? '' : `, ${asOf}`}\n`,
    ),
  ].join('');
}

function moveText(cell: Cell): string {
  return typeof cell === 'number' ? percent(cell) : `no depth (${cell.message})`;
}

function curveTable({ points, referencePoint }: FeedbackResult): string {
  const figures = ['Fall', 'Forced sales', 'κ', 'Reproduction'].map((heading) => ({ heading, isFigure: true }));
  const rows = points.map((point, i) => [
    percent(point.move),
    dollars(point.forcedUsd),
    ratio(point.kappa),
    ratio(point.reproduction),
    i === referencePoint ? 'reference shock' : point.reproduction >= 1 ? 'grows' : '',
  ]);
  return table([...figures, { heading: '' }], rows);
}

function matrixTable({ markets, calmCorrelation, points, stressedPoint }: FeedbackResult): string {
  const point = points[stressedPoint];
  const stressed = point?.stressed ?? null;
  const rows = markets.map((market, i) => [
    market.id,
    percent(market.dailyVolatility),
    ...(calmCorrelation[i] ?? []).map((each) => each.toFixed(2)),
    '|',
    ratio(stressed?.volatilityRatio[i]),
    ...markets.map((_, j) => (stressed === null ? 'n/a' : (stressed.correlation[i]?.[j] ?? 0).toFixed(2))),
  ]);
  const ids = markets.map(({ id }) => ({ heading: id, isFigure: true }));
  const calm = [{ heading: 'Calm correlation' }, { heading: 'A day', isFigure: true }, ...ids];
  return table([...calm, { heading: '|' }, { heading: `× at ${percent(point?.move ?? 0)}`, isFigure: true }, ...ids], rows);
}

function exitTable({ exit }: FeedbackResult): string {
  const row = (each: ExitRow): string[] => [
    each.accountId ?? 'Book, together',
    dollars(each.assetsUsd),
    dollars(each.equityUsd),
    typeof each.impactFraction === 'number' ? `${(each.impactFraction * 100).toFixed(2)} %` : each.impactFraction.message,
    dollars(each.exitCostUsd),
    ratio(each.leverage),
    ratio(each.criticalLeverage),
  ];
  const figures = ['To sell', 'Equity', 'Impact', 'Cost', 'Leverage', 'Critical'].map((heading) => ({ heading, isFigure: true }));
  return table([{ heading: 'Selling everything' }, ...figures], [...exit.accounts.map(row), row(exit.book)]);
}
