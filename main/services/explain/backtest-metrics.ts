import type { BacktestStrategy, BacktestWindow, Estimate } from '../../contract/backtest.ts';
import { fail, type Result } from '../../domain/failure.ts';
import { answerFrom, type ExplainedInput, type ExplainedNumber, type Metric } from './metric.ts';
import { numberText, percentText, usdText } from './number-text.ts';

const KNOWN_THEN = 'At each decision only that bar, closes of earlier days and what was held by then are known.';

type Told = { readonly window: BacktestWindow; readonly strategy: BacktestStrategy };

/** A metric of one strategy in one window; the subject names both: '2026-02 program'. */
function strategyMetric(metric: Omit<Metric, 'find'>, explain: (told: Told) => Omit<ExplainedNumber, 'subject'>): Metric {
  return {
    ...metric,
    find: ({ backtests }, subjectId) =>
      answerFrom(toldOf(backtests, subjectId), (told) => ({
        subject: `${told.strategy.name}, ${told.window.window.name}`,
        ...explain(told),
      })),
  };
}

function toldOf(backtests: readonly BacktestWindow[], subjectId: string | undefined): Result<Told> {
  if (backtests.length === 0)
    return fail('notFound', 'nothing has been backtested on this book', { remedy: 'Run the command backtest, or the Hedges screen.' });
  for (const window of backtests) {
    const strategy = window.strategies.find(({ id }) => subjectId === `${window.window.id} ${id}`);
    if (strategy !== undefined) return { ok: true, value: { window, strategy } };
  }
  return fail('notFound', `${subjectId ?? '(none named)'} is not in the last backtest`, { remedy: 'Name the window and the strategy.' });
}

function intervalInputs({ from, to }: Estimate, text: (cell: Estimate['value']) => string, { window }: Told): ExplainedInput[] {
  const source = `${window.draws} resamplings of the hours in blocks`;
  return [
    { name: '5 of 100 draws are below', value: text(from), source },
    { name: '5 of 100 draws are above', value: text(to), source },
    { name: 'Hours', value: numberText(window.times.length - 1), source: window.window.source },
  ];
}

/** What strategies realised along recorded windows. */
export const backtestMetrics: readonly Metric[] = [
  strategyMetric(
    {
      id: 'backtest.strategies.realisedShortfallUsd',
      title: 'Realised shortfall',
      unit: 'USD',
      definition:
        'Mean loss of the window’s worst hours: the share of them that the confidence leaves. A loss is a fall of the book’s equity.',
      formula: 'mean of the worst (1 − confidence) of equity(h − 1) − equity(h)',
      notes: [KNOWN_THEN, 'Costs are in the hour after they are paid.'],
    },
    (told) => ({
      value: told.strategy.realisedShortfallUsd.value,
      worked: `the worst ${percentText(1 - told.window.confidence)} of ${told.window.times.length - 1} hours lose ${usdText(told.strategy.realisedShortfallUsd.value)} on average`,
      inputs: intervalInputs(told.strategy.realisedShortfallUsd, usdText, told),
    }),
  ),
  strategyMetric(
    {
      id: 'backtest.strategies.worstDrawdownUsd',
      title: 'Worst drawdown',
      unit: 'USD',
      definition: 'Deepest fall of the book’s equity below the highest it had been in the window, at hourly closes, costs paid.',
      formula: 'max over t of (max over s ≤ t of equity(s)) − equity(t)',
      notes: [KNOWN_THEN],
    },
    (told) => ({
      value: told.strategy.worstDrawdownUsd.value,
      worked: `${usdText(told.strategy.worstDrawdownUsd.value)} from high to low; from start to end ${usdText(told.strategy.gainUsd)}`,
      inputs: intervalInputs(told.strategy.worstDrawdownUsd, usdText, told),
    }),
  ),
  strategyMetric(
    {
      id: 'backtest.strategies.varianceReduction',
      title: 'Variance taken off',
      unit: 'share',
      definition: 'Hedge effectiveness: the share of the variance of hourly changes that the strategy took off. Below zero it added some.',
      formula: '1 − Var(hedged) / Var(left as it is)',
      notes: [KNOWN_THEN, 'It weighs rises as much as falls and hides failures of the tail: read it beside the shortfall.'],
    },
    (told) => ({
      value: told.strategy.varianceReduction.value,
      worked: `${percentText(told.strategy.varianceReduction.value)} taken off; ${percentText(told.strategy.keptExposureFraction)} of the book’s own moves are left`,
      inputs: intervalInputs(told.strategy.varianceReduction, percentText, told),
    }),
  ),
  strategyMetric(
    {
      id: 'backtest.strategies.shortfallReduction',
      title: 'Shortfall taken off',
      unit: 'share',
      definition: 'Share of the realised shortfall of the book left as it is that the strategy took off, costs paid.',
      formula: '1 − realised shortfall / realised shortfall of doing nothing',
      notes: [KNOWN_THEN],
    },
    (told) => ({
      value: told.strategy.shortfallReduction.value,
      worked: `${usdText(told.strategy.realisedShortfallUsd.value)} against ${usdText(told.window.strategies[0]?.realisedShortfallUsd.value)}`,
      inputs: intervalInputs(told.strategy.shortfallReduction, percentText, told),
    }),
  ),
  strategyMetric(
    {
      id: 'backtest.strategies.costUsd',
      title: 'Cost along the window',
      unit: 'USD',
      definition: 'Half spreads, fees and gas of everything the strategy did in the window, each paid once.',
      formula: 'Σ decisions, Σ actions: amount × cost per unit + gas',
      notes: ['Premiums are no cost: what is paid for an option is held as its value.'],
    },
    ({ window, strategy }) => ({
      value: strategy.costUsd,
      worked: `${strategy.decisions.length} decisions, ${usdText(strategy.turnoverUsd)} traded and ${usdText(strategy.movedUsd)} moved`,
      inputs: strategy.decisions
        .toSorted((left, right) => right.costUsd - left.costUsd)
        .slice(0, 6)
        .map((each) => ({ name: each.at, value: usdText(each.costUsd), source: `${each.actions.length} actions, ${window.window.name}` })),
    }),
  ),
  strategyMetric(
    {
      id: 'backtest.strategies.turnoverUsd',
      title: 'Turnover along the window',
      unit: 'USD',
      definition:
        'Value of everything the strategy bought or sold in the window, at the prices of then. Cash moved or paid back is not in it.',
      formula: 'Σ |amount| × notional per unit',
      notes: [],
    },
    ({ strategy }) => ({
      value: strategy.turnoverUsd,
      worked: `${usdText(strategy.turnoverUsd)} in ${strategy.decisions.length} decisions, beside ${usdText(strategy.movedUsd)} of cash and collateral moved`,
      inputs: [],
    }),
  ),
];
