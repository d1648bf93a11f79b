import type { BacktestStrategy, BacktestWindow, Estimate } from '../../contract/backtest.ts';
import { cellValue, figure, millions, share } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './section.ts';

/** Whether the hedge worked out of sample: every window that was backtested, strategies beside each other, and where it did not do well. */
export function backtestSections(windows: readonly BacktestWindow[]): ReportSection[] {
  const [first] = windows;
  if (first === undefined) return [];
  return [...windows.map(oneWindow), restsOn(first)];
}

function oneWindow({ window, strategies, headline, honest, confidence, decisionHours }: BacktestWindow): ReportSection {
  const heads = [`CVaR ${share(confidence)}, M`, '90 %', 'Drawdown, M', 'Cost, k', 'Traded, M', 'Variance off, %', 'CVaR off, %'];
  return section({
    id: `backtest-${window.id}`,
    title: `Backtest ${window.id}: ${window.name}`,
    caption: `a decision every ${figure(decisionHours, 0)} hours, from what was known then; losses by the hour`,
    paragraphs: [headline, ...(honest.length > 0 ? [`Where it did not do well. ${honest.join(' ')}`] : [])],
    tables: [
      {
        id: `backtest-${window.id}`,
        columns: [left('Strategy', 3), ...heads.map(right), left('Liquidated', 4)],
        rows: strategies.map(row),
      },
    ],
  });
}

function row(strategy: BacktestStrategy): ReportCell[] {
  const { name, realisedShortfallUsd, worstDrawdownUsd, varianceReduction, shortfallReduction, liquidations } = strategy;
  const isFallen = liquidations.length > 0;
  return [
    words(name, { isStrong: strategy.id === 'program' }),
    cell(realisedShortfallUsd.value, millions),
    words(interval(realisedShortfallUsd, millions)),
    cell(worstDrawdownUsd.value, millions),
    number(strategy.costUsd, figure(strategy.costUsd / 1e3, 1)),
    number(strategy.turnoverUsd, millions(strategy.turnoverUsd)),
    cell(varianceReduction.value, share),
    cell(shortfallReduction.value, share),
    words(isFallen ? liquidations.map((each) => each.accountId).join(', ') : 'none', isFallen ? { state: 'danger' } : {}),
  ];
}

function cell(value: Estimate['value'], text: (value: Estimate['value']) => string): ReportCell {
  return number(cellValue(value), text(value));
}

function interval({ from, to }: Estimate, text: (value: Estimate['value']) => string): string {
  return `${text(from)} to ${text(to)}`;
}

function restsOn({ assumptions }: BacktestWindow): ReportSection {
  return section({
    id: 'backtest-assumptions',
    title: 'What the backtests rest on',
    caption: 'how strategies are judged along recorded windows',
    paragraphs: [...assumptions],
  });
}
