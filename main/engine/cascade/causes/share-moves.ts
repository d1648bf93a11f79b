import { ASSET_KIND, type MarketState, type PackedBook } from '../../packed/packed-book.ts';
import type { FallFactor } from '../attribute-falls.ts';
import type { RoundTrace } from '../cascade-types.ts';
import type { RoundFlows } from './trace-flows.ts';

/** A traced cascade with where its sales went. */
export type TracedSales = {
  readonly packed: PackedBook;
  readonly shocked: MarketState;
  readonly final: MarketState;
  readonly rounds: readonly RoundTrace[];
  /** One for each round. */
  readonly flows: readonly RoundFlows[];
};

/** A move since the shock and whose it is: `byCause` and `other` add up to `move`. */
export type MoveShares = {
  /** Relative move of the price, or of what a claim is worth of its backing (1 − discount, 1 − loss), from the shock to the round's start. */
  readonly move: number;
  readonly byCause: Float64Array;
  /** What no sale made: whatever else the rules let move a market. */
  readonly other: number;
};

/**
 * Shares of the move of one factor from the shock to the start of a round (the one after the last = the end). Within a round a market moves
 * by the sum of what is sold, so that each cause has its part of the sum in the logarithm of the move; logarithms of rounds add up, and the
 * mean L = move / ln(1 + move) brings them back to relative moves without a rest. The lenders' loss is linear in the debt left unpaid.
 *
 * Source: B. Ang, *Decomposition analysis for policymaking in energy* (2004), for the logarithmic mean.
 */
export function shareMove(traced: TracedSales, asset: number, kind: FallFactor['kind'], before: number): MoveShares {
  const { packed, rounds } = traced;
  const causes = rounds[0]?.sales.causes ?? 0;
  const byCause = new Float64Array(causes);
  const move = factorAt(traced, asset, kind, before) / factorAt(traced, asset, kind, 1) - 1;
  if (kind === 'loss') {
    shareLoss(traced, asset, before, byCause);
    scale(byCause, move);
    return { move, byCause, other: move - total(byCause) };
  }
  const pool = packed.assets.pool[asset]!;
  if (pool >= 0) {
    for (let k = 0; k < rounds.length && rounds[k]!.round < before; k += 1) {
      const { poolNet, poolLogMove } = rounds[k]!.sales;
      if (poolNet[pool] === 0) continue;
      for (let cause = 0; cause < causes; cause += 1) {
        byCause[cause]! += (traced.flows[k]!.netQuantity[cause * packed.depth.count + pool]! / poolNet[pool]!) * poolLogMove[pool]!;
      }
    }
  }
  const logarithm = Math.log1p(move);
  const mean = Math.abs(logarithm) < 1e-12 ? 1 : move / logarithm;
  for (let cause = 0; cause < causes; cause += 1) byCause[cause]! *= mean;
  return { move, byCause, other: move - total(byCause) };
}

/** Price, or what is left of a claim's backing, at the start of a round. */
export function factorAt({ shocked, final, rounds }: TracedSales, asset: number, kind: FallFactor['kind'], round: number): number {
  const at = rounds[round - 1];
  if (round <= 1) return valueIn(shocked, asset, kind);
  if (at === undefined) return valueIn(final, asset, kind);
  if (kind === 'price') return at.startPriceUsd[asset]!;
  return 1 - (kind === 'discount' ? at.startDiscountFraction[asset]! : at.startLossFraction[asset]!);
}

function valueIn(state: MarketState, asset: number, kind: FallFactor['kind']): number {
  if (kind === 'price') return state.priceUsd[asset]!;
  return 1 - (kind === 'discount' ? state.discountFraction[asset]! : state.lossFraction[asset]!);
}

/** Debt left unpaid by each cause before a round, in the market that owes the claim. */
function shareLoss({ packed, rounds }: TracedSales, asset: number, before: number, byCause: Float64Array): void {
  const market = packed.assets.market[asset]!;
  if (market < 0) return;
  for (const { round, sales } of rounds) {
    if (round >= before) return;
    for (let cause = 0; cause < byCause.length; cause += 1) byCause[cause]! += sales.badDebt[cause * packed.lending.marketCount + market]!;
  }
}

function scale(values: Float64Array, sum: number): void {
  const now = total(values);
  for (let i = 0; i < values.length; i += 1) values[i] = now === 0 ? 0 : (values[i]! / now) * sum;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** One reason of sales made because of earlier moves: `share` of the fall since the shock of what was sold, all reasons adding up to 1. */
export type SaleReason = { readonly asset: number; readonly kind: FallFactor['kind']; readonly share: number };

/**
 * What brought a cause to sell before a round: the fall since the shock of the collateral it sold against what it owes, each sale weighed
 * by its dollars, split over prices, discounts and losses in logarithms. Empty where it sold nothing, or nothing had fallen yet.
 */
export function saleReasons(traced: TracedSales, cause: number, before: number): SaleReason[] {
  const { packed, rounds } = traced;
  const { assets, drivers } = packed;
  const targets = drivers.length + 1;
  const logs = new Map<string, { asset: number; kind: FallFactor['kind']; sum: number }>();
  const add = (asset: number, kind: FallFactor['kind'], round: number, weight: number): void => {
    const moved = Math.log(factorAt(traced, asset, kind, round) / factorAt(traced, asset, kind, 1)) * weight;
    if (moved === 0 || !Number.isFinite(moved)) return;
    const key = `${asset} ${kind}`;
    const known = logs.get(key) ?? { asset, kind, sum: 0 };
    known.sum += moved;
    logs.set(key, known);
  };
  for (const { round, sales, startPriceUsd } of rounds) {
    if (round >= before) break;
    for (let asset = 0; asset < assets.count; asset += 1) {
      for (let t = 0; t < targets; t += 1) {
        const usd = sales.entered[(cause * assets.count + asset) * targets + t]! * startPriceUsd[asset]!;
        if (usd === 0) continue;
        descend(packed, startPriceUsd, { asset, weight: usd, depth: 0 }, (below, kind, weight) => add(below, kind, round, weight));
        if (t < drivers.length) add(drivers[t]!, 'price', round, -usd);
      }
    }
  }
  const falls = [...logs.values()].filter(({ sum }) => sum < 0);
  const fall = falls.reduce((sum, each) => sum + each.sum, 0);
  return falls
    .map(({ asset, kind, sum }) => ({ asset, kind, share: sum / fall }))
    .toSorted((left, right) => right.share - left.share || left.asset - right.asset);
}

/** Claims that back each other are followed this far down. */
const DEEPEST = 8;

type Down = { readonly asset: number; readonly weight: number; readonly depth: number };

/** Visits everything a claim's price is made of, by the share of its value. */
function descend(
  packed: PackedBook,
  priceUsd: Float64Array,
  { asset, weight, depth }: Down,
  visit: (asset: number, kind: FallFactor['kind'], weight: number) => void,
): void {
  const { kind, backing } = packed.assets;
  if (kind[asset]! <= ASSET_KIND.stable) {
    visit(asset, 'price', weight);
    return;
  }
  visit(asset, 'discount', weight);
  visit(asset, 'loss', weight);
  if (depth >= DEEPEST) return;
  let value = 0;
  for (let e = backing.start[asset]!; e < backing.start[asset + 1]!; e += 1) value += backing.weight[e]! * priceUsd[backing.target[e]!]!;
  for (let e = backing.start[asset]!; e < backing.start[asset + 1]!; e += 1) {
    const part = value > 0 ? (backing.weight[e]! * priceUsd[backing.target[e]!]!) / value : 0;
    descend(packed, priceUsd, { asset: backing.target[e]!, weight: weight * part, depth: depth + 1 }, visit);
  }
}
