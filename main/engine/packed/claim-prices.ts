import { solveDense } from '../math/dense-solve.ts';
import type { MarketState, PackedAssets } from './packed-book.ts';

/**
 * Prices every claim from its backing: p = (1 − discount) × (1 − loss) × Σ quantity × p(backing), in the order in which each
 * stands after what backs it; loops are solved together. Prices of base and stable assets are read, not changed.
 */
export function refreshClaimPrices(assets: PackedAssets, state: MarketState): void {
  const { claimOrder, componentStart, backing } = assets;
  for (let c = 0; c + 1 < componentStart.length; c += 1) {
    const from = componentStart[c]!;
    const to = componentStart[c + 1]!;
    if (to - from > 1 || isSelfBacked(assets, claimOrder[from]!)) {
      solveComponent(assets, state, claimOrder.subarray(from, to));
      continue;
    }
    const claim = claimOrder[from]!;
    let value = 0;
    for (let e = backing.start[claim]!; e < backing.start[claim + 1]!; e += 1) {
      value += backing.weight[e]! * state.priceUsd[backing.target[e]!]!;
    }
    state.priceUsd[claim] = value * keptShare(state, claim);
  }
}

function keptShare(state: MarketState, claim: number): number {
  return (1 - state.discountFraction[claim]!) * (1 - state.lossFraction[claim]!);
}

function isSelfBacked({ backing }: PackedAssets, claim: number): boolean {
  for (let e = backing.start[claim]!; e < backing.start[claim + 1]!; e += 1) if (backing.target[e] === claim) return true;
  return false;
}

/** Claims that back each other; packing has made sure that the gain is below one. */
function solveComponent({ backing }: PackedAssets, state: MarketState, members: Int32Array): void {
  const n = members.length;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const claim = members[i]!;
    const kept = keptShare(state, claim);
    matrix[i * n + i]! += 1;
    for (let e = backing.start[claim]!; e < backing.start[claim + 1]!; e += 1) {
      const j = members.indexOf(backing.target[e]!);
      if (j >= 0) matrix[i * n + j]! -= kept * backing.weight[e]!;
      else right[i]! += kept * backing.weight[e]! * state.priceUsd[backing.target[e]!]!;
    }
  }
  solveDense(matrix, right, n);
  for (let i = 0; i < n; i += 1) state.priceUsd[members[i]!] = right[i]!;
}
