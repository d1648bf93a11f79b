import type { BacktestStrategy, Comparison } from '../../contract/backtest.ts';
import { figure, listing, money, percent, plural } from '../analysis/words.ts';

/** Differences of shortfall and drawdown below this share of the larger one count as none: lots and gas make as much. */
export const SAME_WITHIN = 0.01;

/** The measure by which strategies are held against each other, in words. */
export const MEASURE = `Fewer accounts liquidated first; then the smaller realised shortfall, then the smaller worst drawdown, where differences below ${percent(SAME_WITHIN)} count as none.`;

/** Less premium than this is no reason. USD. */
const LEAST_PREMIUM_USD = 10_000;

type Verdict = Pick<Comparison, 'outcome' | 'by'>;

/** How one strategy stands against another. */
export function standing(own: BacktestStrategy, other: BacktestStrategy): Verdict {
  const fewer = own.liquidations.length - other.liquidations.length;
  if (fewer !== 0) return { outcome: fewer < 0 ? 'won' : 'lost', by: 'liquidations' };
  const pairs = [
    { by: 'shortfall', mine: own.realisedShortfallUsd.value, theirs: other.realisedShortfallUsd.value },
    { by: 'drawdown', mine: own.worstDrawdownUsd.value, theirs: other.worstDrawdownUsd.value },
  ] as const;
  for (const { by, mine, theirs } of pairs) {
    if (typeof mine !== 'number' || typeof theirs !== 'number') continue;
    if (Math.abs(mine - theirs) > SAME_WITHIN * Math.max(Math.abs(mine), Math.abs(theirs)))
      return { outcome: mine < theirs ? 'won' : 'lost', by };
  }
  return { outcome: 'tied', by: 'nothing' };
}

/** One sentence on how the program stands against another strategy, and why, from the figures. */
export function standingWords(own: BacktestStrategy, other: BacktestStrategy, { outcome, by }: Verdict): string {
  const name = other.name.toLowerCase();
  if (outcome === 'tied') return `The program and “${name}” come out the same.`;
  const verb = outcome === 'won' ? 'beats' : 'loses to';
  const why = outcome === 'won' || by === 'liquidations' ? '' : ` ${reasons(own, other)}`;
  return `The program ${verb} “${name}” ${FACTS[by](own, other)}.${why}`;
}

const FACTS: Readonly<Record<Comparison['by'], (own: BacktestStrategy, other: BacktestStrategy) => string>> = {
  liquidations: (own, other) => `on liquidations, ${fallen(own)} against ${fallen(other)}`,
  shortfall: (own, other) =>
    `on realised shortfall, ${usd(own.realisedShortfallUsd.value)} against ${usd(other.realisedShortfallUsd.value)}`,
  drawdown: (own, other) => `on worst drawdown, ${usd(own.worstDrawdownUsd.value)} against ${usd(other.worstDrawdownUsd.value)}`,
  nothing: () => '',
};

/** Why the program came out worse: what it kept of the book's own moves, what it paid, what the other's options are not charged. */
function reasons(own: BacktestStrategy, other: BacktestStrategy): string {
  const parts: string[] = [];
  const [mine, theirs] = [own.keptExposureFraction, other.keptExposureFraction];
  if (typeof mine === 'number' && typeof theirs === 'number')
    parts.push(
      `It kept ${percent(mine, 0)} of the book’s own hourly moves, the other ${percent(theirs, 0)}${mine > theirs ? ', because the program weighs requirements and cost where the other only looks at Greeks' : ''}.`,
    );
  if (own.costUsd > other.costUsd * 1.05) parts.push(`It paid ${money(own.costUsd)} USD in costs, the other ${money(other.costUsd)} USD.`);
  if (other.premiumUsd > own.premiumUsd * 1.05 + LEAST_PREMIUM_USD)
    parts.push(
      `The other bought options for ${money(other.premiumUsd)} USD against ${money(own.premiumUsd)} USD; they gain in a fall, and the ${money(other.unchargedDecayUsd - own.unchargedDecayUsd)} USD more that time would have taken off them is not charged here.`,
    );
  return parts.join(' ');
}

/** 'no account', 'MRP-1', 'MRP-1 and MKR-A'. */
export function fallen({ liquidations }: BacktestStrategy): string {
  return liquidations.length === 0 ? 'no account' : listing(liquidations.map((each) => each.accountId));
}

/** How sure an order by shortfall is, as the draws have it. */
export function surenessWords(surer: number, name: string): string {
  return `In ${figure(100 * surer, 0)} of 100 resampled windows the program’s shortfall is below that of “${name.toLowerCase()}”${surer > 0.1 && surer < 0.9 ? ': too near to tell from one window' : ''}.`;
}

function usd(value: BacktestStrategy['realisedShortfallUsd']['value']): string {
  return typeof value === 'number' ? `${money(value)} USD` : 'no figure';
}

/** '3 accounts'. */
export function countOf(count: number, one: string): string {
  return `${count} ${plural(count, one)}`;
}
