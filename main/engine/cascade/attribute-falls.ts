import { evaluateAccount, makeAccountMeasures } from '../packed/evaluate-accounts.ts';
import { refreshClaimPrices } from '../packed/claim-prices.ts';
import { copyState } from '../packed/market-state.ts';
import { ASSET_KIND, type MarketState, type PackedBook } from '../packed/packed-book.ts';
import type { RoundTrace } from './cascade-types.ts';

/** One thing that moved after the shock: the price of a base asset, the discount of a claim, or the lenders' loss of a debt claim. */
export type FallFactor = {
  readonly asset: number;
  readonly kind: 'price' | 'discount' | 'loss';
  /** Excess the account would regain if this alone were back where the shock left it, USD, > 0. */
  readonly reliefUsd: number;
};

/** Why an own account fell: factors by size, largest first; empty = the shock itself. */
export type FallAttribution = {
  readonly account: number;
  readonly round: number;
  readonly excessUsd: number;
  readonly factors: readonly FallFactor[];
};

/** Smallest relative move that counts as a factor. */
const UNMOVED = 1e-12;

/**
 * For every own account and the round in which it first fell: what of the moves since the shock brought it below, each put
 * back alone at the prices of that round's start.
 */
export function attributeFalls(packed: PackedBook, shocked: MarketState, rounds: readonly RoundTrace[]): FallAttribution[] {
  const measures = makeAccountMeasures(packed.accounts.count);
  const attributions: FallAttribution[] = [];
  for (const round of rounds) {
    const start = startOf(round, shocked.volatilityShift);
    for (const account of round.ownFallen) {
      evaluateAccount(packed, account, start, measures);
      const excessUsd = measures.excessUsd[account]!;
      const factors: FallFactor[] = [];
      for (let asset = 0; asset < packed.assets.count; asset += 1) {
        for (const kind of movedKinds(packed, asset, shocked, start)) {
          const other = putBack({ asset, kind, shocked, start });
          refreshClaimPrices(packed.assets, other);
          evaluateAccount(packed, account, other, measures);
          const reliefUsd = measures.excessUsd[account]! - excessUsd;
          if (reliefUsd > Math.abs(excessUsd) * 1e-9) factors.push({ asset, kind, reliefUsd });
        }
      }
      factors.sort((left, right) => right.reliefUsd - left.reliefUsd || left.asset - right.asset);
      attributions.push({ account, round: round.round, excessUsd, factors });
    }
  }
  return attributions;
}

/** The market at the start of a round. */
export function startOf(round: RoundTrace, volatilityShift: number): MarketState {
  return {
    priceUsd: round.startPriceUsd,
    discountFraction: round.startDiscountFraction,
    lossFraction: round.startLossFraction,
    volatilityShift,
  };
}

/** What of an asset has moved between two markets: its own price, or a claim's discount and loss. */
export function movedKinds(packed: PackedBook, asset: number, shocked: MarketState, start: MarketState): FallFactor['kind'][] {
  const kinds: FallFactor['kind'][] = [];
  if (packed.assets.kind[asset]! <= ASSET_KIND.stable) {
    if (Math.abs(start.priceUsd[asset]! - shocked.priceUsd[asset]!) > UNMOVED * shocked.priceUsd[asset]!) kinds.push('price');
    return kinds;
  }
  if (Math.abs(start.discountFraction[asset]! - shocked.discountFraction[asset]!) > UNMOVED) kinds.push('discount');
  if (Math.abs(start.lossFraction[asset]! - shocked.lossFraction[asset]!) > UNMOVED) kinds.push('loss');
  return kinds;
}

function putBack(change: { asset: number; kind: FallFactor['kind']; shocked: MarketState; start: MarketState }): MarketState {
  const { asset, kind, shocked, start } = change;
  const state = copyState(start);
  if (kind === 'price') state.priceUsd[asset] = shocked.priceUsd[asset]!;
  else if (kind === 'discount') state.discountFraction[asset] = shocked.discountFraction[asset]!;
  else state.lossFraction[asset] = shocked.lossFraction[asset]!;
  return state;
}
