import type { BacktestResult, BacktestStrategy, BacktestWindow, Estimate } from '../../contract/backtest.ts';
import { dollars, percent, table } from './table.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk } from './workstation.ts';

/** Which prices to hedge along: windows that ship or a file of bars, all windows without either; and how often to decide. */
export type BacktestWish = { readonly window?: readonly string[]; readonly prices?: string; readonly every?: number };

/** `backtest`: every strategy along recorded windows, with costs paid and nothing known before its time. */
export async function backtest(desk: Desk, { window, prices, every }: BacktestWish): Promise<ExitCode> {
  const answer = await desk.client.call('backtest.run', {
    ...(window === undefined ? {} : { windowIds: [...window] }),
    ...(prices === undefined ? {} : { source: { path: prices } }),
    ...(every === undefined ? {} : { everyHours: every }),
  });
  return reportAnswer(desk, answer, backtestText);
}

function backtestText({ windows, measure, summary }: BacktestResult): string {
  const assumptions = [...new Set(windows.flatMap((each) => each.assumptions))];
  return [
    ...windows.map(windowText),
    ...(windows.length > 1 ? [`${summary.sentence}\n`] : []),
    `${measure}\n\nRests on:\n${assumptions.map((text) => `  ${text}\n`).join('')}`,
  ].join('');
}

function windowText(told: BacktestWindow): string {
  const { window, strategies, headline, honest } = told;
  const liquidated = strategies.flatMap(({ name, liquidations }) =>
    liquidations.map((each) => [name, each.accountId, clock(each.at), each.side, dollars(each.costUsd), dollars(each.leftUsd)]),
  );
  const figures = (headings: readonly string[]) => headings.map((heading) => ({ heading, isFigure: true }));
  return [
    `${window.id} ${window.name}, ${clock(window.startsAt)} to ${clock(window.endsAt)} UTC, a decision every ${told.decisionHours} h.\n${headline}\n\n`,
    table(
      [
        { heading: 'Strategy' },
        ...figures([`CVaR ${percent(told.confidence)}, ${told.lossHours} h`, '90 %', 'Drawdown', '90 %', 'Liquidated', 'Cost', 'Turnover']),
        ...figures(['Var. reduced', '90 %', 'CVaR reduced', '90 %', 'Gain', 'Decay not charged']),
      ],
      strategies.map(row),
    ),
    ...(liquidated.length === 0
      ? ['\nNo strategy had an account liquidated.\n']
      : [
          '\nLiquidated:\n',
          table(
            [{ heading: 'Strategy' }, { heading: 'Account' }, { heading: 'At' }, { heading: 'By' }, ...figures(['Cost', 'Left'])],
            liquidated,
          ),
        ]),
    honest.length === 0 ? '\n' : `\nWhere it did not do well:\n${honest.map((line) => `  ${line}\n`).join('')}\n`,
  ].join('');
}

function row(strategy: BacktestStrategy): string[] {
  const { name, realisedShortfallUsd, worstDrawdownUsd, varianceReduction, shortfallReduction, liquidations } = strategy;
  return [
    name,
    ...withInterval(realisedShortfallUsd, dollars),
    ...withInterval(worstDrawdownUsd, dollars),
    String(liquidations.length),
    dollars(strategy.costUsd),
    dollars(strategy.turnoverUsd),
    ...withInterval(varianceReduction, share),
    ...withInterval(shortfallReduction, share),
    dollars(strategy.gainUsd),
    dollars(strategy.unchargedDecayUsd),
  ];
}

function withInterval({ value, from, to }: Estimate, text: (value: unknown) => string): string[] {
  return [text(value), `${text(from)} to ${text(to)}`];
}

function share(value: unknown): string {
  return typeof value === 'number' ? percent(value) : 'n/a';
}

function clock(at: string): string {
  return `${at.slice(5, 10)} ${at.slice(11, 16)}`;
}
