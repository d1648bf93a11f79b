import { refreshClaimPrices } from '../../packed/claim-prices.ts';
import { evaluateAccount, makeAccountMeasures } from '../../packed/evaluate-accounts.ts';
import { copyState } from '../../packed/market-state.ts';
import type { MarketState, PackedBook } from '../../packed/packed-book.ts';
import { movedKinds, type FallFactor } from '../attribute-falls.ts';

/** One thing that moved, and the part of the change of an account's excess that is its, USD. */
export type ExcessShare = { readonly asset: number; readonly kind: FallFactor['kind']; readonly excessUsd: number };

/** Factors that are told apart; 2^8 markets are valued. What moved besides, the least telling, is left as one. */
const MOST_FACTORS = 8;

type Factor = { readonly asset: number; readonly kind: FallFactor['kind'] };

/**
 * Splits the change of one account's excess between two markets over what moved, by the Shapley value over all 2^n mixtures of the two
 * markets: the order in which things moved has no say, and the parts add up to the change exactly.
 *
 * @returns parts by factor, largest loss first, and `restUsd`: what belongs to the factors beyond the eight most telling
 * Source: L. Shapley, *A value for n-person games* (1953).
 */
export function shareExcess(
  packed: PackedBook,
  account: number,
  from: MarketState,
  to: MarketState,
): { readonly parts: ExcessShare[]; readonly restUsd: number } {
  const measures = makeAccountMeasures(packed.accounts.count);
  const excessOf = (state: MarketState): number => {
    refreshClaimPrices(packed.assets, state);
    evaluateAccount(packed, account, state, measures);
    return measures.excessUsd[account]!;
  };
  const all: Factor[] = [];
  for (let asset = 0; asset < packed.assets.count; asset += 1) {
    for (const kind of movedKinds(packed, asset, from, to)) all.push({ asset, kind });
  }
  const start = excessOf(copyState(from));
  const ranked = all
    .map((factor) => ({ factor, aloneUsd: Math.abs(excessOf(mixed(from, to, [factor])) - start) }))
    .filter(({ factor, aloneUsd }) => aloneUsd > 0 || isHeld(packed, account, factor.asset))
    .toSorted((left, right) => right.aloneUsd - left.aloneUsd || left.factor.asset - right.factor.asset)
    .map(({ factor }) => factor);
  const factors = ranked.slice(0, MOST_FACTORS);
  const values = Float64Array.from({ length: 1 << factors.length }, (_, set) =>
    excessOf(
      mixed(
        from,
        to,
        factors.filter((__, i) => (set & (1 << i)) !== 0),
      ),
    ),
  );
  const parts = shapley(values, factors.length).map((excessUsd, i) => ({ ...factors[i]!, excessUsd }));
  const whole = excessOf(copyState(to)) - start;
  return {
    parts: parts.filter((part) => part.excessUsd !== 0).toSorted((left, right) => left.excessUsd - right.excessUsd),
    restUsd: ranked.length === factors.length && all.length === ranked.length ? 0 : whole - (values[values.length - 1]! - values[0]!),
  };
}

/** The first market with some of its factors as in the second. */
function mixed(from: MarketState, to: MarketState, factors: readonly Factor[]): MarketState {
  const state = copyState(from);
  for (const { asset, kind } of factors) {
    if (kind === 'price') state.priceUsd[asset] = to.priceUsd[asset]!;
    else if (kind === 'discount') state.discountFraction[asset] = to.discountFraction[asset]!;
    else state.lossFraction[asset] = to.lossFraction[asset]!;
  }
  return state;
}

function isHeld({ positions, accounts }: PackedBook, account: number, asset: number): boolean {
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
    if (positions.asset[p] === asset && positions.quantity[p] !== 0) return true;
  }
  return false;
}

/** Shapley values of n players from the values of every set of them (bit i = player i takes part). */
function shapley(values: Float64Array, players: number): number[] {
  const weights = Float64Array.from({ length: players }, () => 0);
  for (let size = 0; size < players; size += 1) {
    let orders = players;
    for (let i = 1; i <= size; i += 1) orders = (orders * (players - i)) / i;
    weights[size] = 1 / orders;
  }
  return Array.from({ length: players }, (_, player) => {
    let sum = 0;
    for (let set = 0; set < values.length; set += 1) {
      if ((set & (1 << player)) === 0) sum += weights[bitCount(set)]! * (values[set | (1 << player)]! - values[set]!);
    }
    return sum;
  });
}

function bitCount(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
