import { roundToLot } from '../../domain/decimal.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { quantitiesAfter } from '../../engine/hedge/packed-candidate.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { positionGreeks, type PositionGreeks } from '../../engine/packed/position-delta.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import { planCosts, type Plan } from '../hedge/measures.ts';
import type { Setting } from '../hedge/setting.ts';
import { legTitle } from '../hedge/words/words.ts';
import { rowsOf, runValues } from '../replay/run-path.ts';
import type { BacktestWork, Holdings, Liquidation } from './backtest-work.ts';
import { carryOut } from './carry-out.ts';
import { hold } from './hold.ts';
import { settingAt } from './setting-at.ts';
import type { Strategy } from './strategies.ts';

/** What was done at the end of a bar, and what it cost. Money in USD. */
export type MadeDecision = {
  readonly bar: number;
  readonly costUsd: number;
  readonly premiumUsd: number;
  /** Value of what was traded, and of cash and collateral that was moved or paid back. */
  readonly turnoverUsd: number;
  readonly movedUsd: number;
  /** Paid out of each account for others, by account. */
  readonly paidOutUsd: Readonly<Record<string, number>>;
  /** What a day takes off the options held after it, were time to pass; below zero it adds. */
  readonly decayUsdPerDay: number;
  readonly actions: readonly string[];
  readonly notes: readonly string[];
};

/** A strategy along a window: equity of the whole book at every close, before what is decided there. */
export type StrategyRun = {
  readonly strategy: Pick<Strategy, 'id' | 'name' | 'meaning'>;
  readonly equityUsd: Float64Array;
  readonly decisions: readonly MadeDecision[];
  readonly liquidations: readonly Liquidation[];
};

/** Decides at each of the given bars from what is known then, pays, and holds until the next one. */
export async function runStrategy(work: BacktestWork, strategy: Strategy, bars: readonly number[]): Promise<Result<StrategyRun>> {
  const { path, inputs } = work;
  const last = path.endMs.length - 1;
  const equityUsd = new Float64Array(last + 1);
  const start = await runValues(work, rowsOf(path.path.close, [0]));
  if (!start.ok) return start;
  equityUsd[0] = sumAccurate(start.value.equityUsd);
  let holdings: Holdings = { contents: inputs.contents, leftUsd: new Map() };
  const decisions: MadeDecision[] = [];
  const liquidations: Liquidation[] = [];
  for (const [i, bar] of bars.entries()) {
    work.context.progress(strategy.name, i, bars.length);
    const setting = settingAt(work, holdings, bar);
    if (!setting.ok) return setting;
    const spentUsd = decisions.reduce((sum, each) => sum + each.costUsd, 0);
    const decided = await strategy.decide(setting.value, spentUsd);
    if (!decided.ok) return decided;
    const { plan, notes } = decided.value;
    decisions.push({ bar, ...planCosts(plan), ...actionsOf(setting.value, plan), decayUsdPerDay: decayOf(setting.value, plan), notes });
    const held = await hold(
      work,
      { ...holdings, contents: carryOut(holdings.contents, setting.value, plan) },
      { from: bar, to: bars[i + 1] ?? last },
    );
    if (!held.ok) return held;
    equityUsd.set(held.value.equityUsd, bar + 1);
    liquidations.push(...held.value.liquidations);
    holdings = held.value.holdings;
  }
  const { id, name, meaning } = strategy;
  return succeed({ strategy: { id, name, meaning }, equityUsd, decisions, liquidations });
}

function actionsOf(
  setting: Setting,
  { candidates, amounts }: Plan,
): Pick<MadeDecision, 'turnoverUsd' | 'movedUsd' | 'paidOutUsd' | 'actions'> {
  const done = candidates.flatMap((candidate, index) => {
    const amount = amounts[index] ?? 0;
    return amount > 0 ? [{ candidate, amount }] : [];
  });
  const valueUsd = (isTrade: boolean): number =>
    done.reduce((sum, { candidate, amount }) => sum + (candidate.isTrade === isTrade ? amount * candidate.notionalUsd : 0), 0);
  const paidOutUsd: Record<string, number> = {};
  for (const { candidate, amount } of done) {
    const { accountId } = candidate.payer;
    if (accountId !== candidate.target.accountId) paidOutUsd[accountId] = (paidOutUsd[accountId] ?? 0) + amount * candidate.notionalUsd;
  }
  return {
    paidOutUsd,
    turnoverUsd: valueUsd(true),
    movedUsd: valueUsd(false),
    actions: done.map(({ candidate, amount }) => legTitle(setting.book, candidate, roundToLot(amount * (1 + 1e-12), candidate.lotText))),
  };
}

/** Time value that a day takes off the options of the book after a plan, at the setting's prices. USD, above zero = lost by waiting. */
function decayOf({ pack: { packed } }: Setting, { candidates, amounts }: Plan): number {
  const quantities = quantitiesAfter(packed, candidates, amounts);
  const greeks: PositionGreeks = { deltaCoin: 0, gammaUsdPerPercent: 0, vegaUsdPerPoint: 0, thetaUsdPerDay: 0 };
  return quantities.reduce((sum, quantity, p) => {
    if (quantity === 0 || (packed.positions.kind[p] ?? 0) < POSITION_KIND.linearOption || packed.positions.isUnpriced[p] === 1) return sum;
    positionGreeks(packed, p, packed.initial, greeks);
    return sum - quantity * greeks.thetaUsdPerDay;
  }, 0);
}
