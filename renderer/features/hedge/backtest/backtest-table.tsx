import type { ReactElement } from 'react';
import type { BacktestStrategy, BacktestWindow, Estimate } from '../../../../main/contract/backtest.ts';
import { millions, thousands } from '../../../format/money.ts';
import { NOT_APPLICABLE } from '../../../format/number.ts';
import { percentFigure } from '../../../format/share.ts';
import { Explain } from '../../../parts/explain.tsx';
import { clock } from './backtest-chart.ts';

type Show = (value: Estimate['value']) => string;

const HEADS = ['Liquidated', 'CVaR, M', '90 %', 'Drawdown, M', '90 %', 'CVaR off, %', 'Var. off, %', 'Cost, k', 'Traded, M'] as const;

/** Every strategy's realised figures with their intervals, one row each. */
export function BacktestTable({ told }: { readonly told: BacktestWindow }): ReactElement {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Strategy</th>
          {HEADS.map((head, at) => (
            <th key={`${head} ${at}`} scope="col" className="right">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {told.strategies.map((strategy) => (
          <Row key={strategy.id} strategy={strategy} windowId={told.window.id} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ strategy, windowId }: { readonly strategy: BacktestStrategy; readonly windowId: string }): ReactElement {
  const subjectId = `${windowId} ${strategy.id}`;
  const { liquidations } = strategy;
  const when = liquidations.map((each) => `${each.accountId} ${clock(each.at)}`).join('\n');
  return (
    <tr className={strategy.id === 'program' ? 'backtest-own' : undefined}>
      <th scope="row" title={strategy.meaning}>
        {strategy.name}
      </th>
      <td className={liquidations.length > 0 ? 'right state-danger' : 'right secondary'} title={when}>
        {liquidations.length === 0 ? NOT_APPLICABLE : `◆ ${liquidations.length}`}
      </td>
      <Figure metric="backtest.strategies.realisedShortfallUsd" {...{ subjectId }} text={millions(strategy.realisedShortfallUsd.value)} />
      <Between estimate={strategy.realisedShortfallUsd} show={millions} />
      <Figure metric="backtest.strategies.worstDrawdownUsd" {...{ subjectId }} text={millions(strategy.worstDrawdownUsd.value)} />
      <Between estimate={strategy.worstDrawdownUsd} show={millions} />
      <Figure
        metric="backtest.strategies.shortfallReduction"
        {...{ subjectId }}
        text={percentFigure(strategy.shortfallReduction.value, 0)}
      />
      <Figure metric="backtest.strategies.varianceReduction" {...{ subjectId }} text={percentFigure(strategy.varianceReduction.value, 0)} />
      <Figure metric="backtest.strategies.costUsd" {...{ subjectId }} text={thousands(strategy.costUsd)} />
      <Figure metric="backtest.strategies.turnoverUsd" {...{ subjectId }} text={millions(strategy.turnoverUsd)} />
    </tr>
  );
}

function Figure({ metric, subjectId, text }: { readonly metric: string; readonly subjectId: string; readonly text: string }): ReactElement {
  return (
    <td className="right">
      <Explain metric={metric} subjectId={subjectId}>
        {text}
      </Explain>
    </td>
  );
}

function Between({ estimate, show }: { readonly estimate: Estimate; readonly show: Show }): ReactElement {
  return (
    <td className="right muted">
      {show(estimate.from)}–{show(estimate.to)}
    </td>
  );
}
