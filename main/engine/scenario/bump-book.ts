import type { CascadeRules } from '../cascade/cascade-types.ts';
import { runCascade } from '../cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../cascade/workspace.ts';
import { refreshClaimPrices } from '../packed/claim-prices.ts';
import { evaluateAccounts, makeAccountMeasures } from '../packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../packed/market-state.ts';
import { ASSET_KIND, POSITION_KIND, type MarketState, type PackedBook } from '../packed/packed-book.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/** One change of what requirements depend on; nothing else moves. */
export type Bump = {
  /** Relative move of each of packed.drivers. */
  readonly moves: Float64Array;
  readonly volatilityShift: number;
  /** Factor on the price of each asset against what backs it (claims) or against the dollar (stable); null = all 1. */
  readonly basisFactors: Float64Array | null;
  /** Added to every threshold (1 − haircut) above zero, of own accounts and of the crowd. */
  readonly thresholdChange: number;
  /** Share by which every debt has grown. */
  readonly interestFraction: number;
  /** Share of the assumed depth that is left, 1 = as assumed. */
  readonly depthFraction: number;
};

/** Nothing moves. */
export function stillBump(drivers: number): Bump {
  return {
    moves: new Float64Array(drivers),
    volatilityShift: 0,
    basisFactors: null,
    thresholdChange: 0,
    interestFraction: 0,
    depthFraction: 1,
  };
}

/** A range of bumps of one book. */
export type BumpChunk = BookReference & { readonly bumps: readonly Bump[]; readonly rules: CascadeRules };

/** Bump × account, USD. */
export type BumpTable = {
  /** Right after the bump, nobody reacting. */
  readonly aloneExcessUsd: Float64Array;
  /** At the final prices of the cascade that follows, the account itself left alone: continuous in the bump. */
  readonly jointExcessUsd: Float64Array;
};

/** Excess of every account after each bump, alone and when everybody reacts. */
export function runBumps(input: BumpChunk, shared: SharedValues): BumpTable {
  const packed = sharedBook(shared, input);
  const accounts = packed.accounts.count;
  const table = {
    aloneExcessUsd: new Float64Array(input.bumps.length * accounts),
    jointExcessUsd: new Float64Array(input.bumps.length * accounts),
  };
  const measures = makeAccountMeasures(accounts);
  const plainWork = makeCascadeWorkspace(packed);
  input.bumps.forEach((bump, b) => {
    const book = bumpedBook(packed, bump);
    const work = book === packed ? plainWork : makeCascadeWorkspace(book);
    const state = copyState(book.initial);
    applyShock(book, bump.moves, bump.volatilityShift, state);
    evaluateAccounts(book, state, measures);
    table.aloneExcessUsd.set(measures.excessUsd, b * accounts);
    table.jointExcessUsd.set(runCascade(work, bump, bumpedRules(input.rules, bump)).intactExcessUsd, b * accounts);
  });
  return table;
}

/** The rules with the depth that the bump leaves. */
export function bumpedRules(rules: CascadeRules, { depthFraction }: Bump): CascadeRules {
  return depthFraction === 1 ? rules : { ...rules, depthThinningFraction: 1 - (1 - rules.depthThinningFraction) * depthFraction };
}

/** The book with everything of the bump that is not a shock; the book itself where there is nothing. */
export function bumpedBook(packed: PackedBook, { basisFactors, thresholdChange, interestFraction }: Bump): PackedBook {
  if (basisFactors === null && thresholdChange === 0 && interestFraction === 0) return packed;
  const initial = basisFactors === null ? packed.initial : withBasis(packed, basisFactors);
  if (thresholdChange === 0 && interestFraction === 0) return { ...packed, initial };
  const { positions, lending } = packed;
  const shifted = (fractions: Float64Array): Float64Array =>
    fractions.map((each) => (each > 0 ? Math.min(1, Math.max(0, each + thresholdChange)) : each));
  const grown = 1 + interestFraction;
  return {
    ...packed,
    initial,
    positions: {
      ...positions,
      quantity: positions.quantity.map((each, p) => (positions.kind[p] === POSITION_KIND.debt ? each * grown : each)),
      collateralFraction: shifted(positions.collateralFraction),
    },
    lending: {
      ...lending,
      debtQuantity: lending.debtQuantity.map((each) => each * grown),
      collateralThreshold: shifted(lending.collateralThreshold),
    },
  };
}

/** The market with every claim's discount and every stable's price moved by its factor. */
function withBasis({ assets, initial }: PackedBook, basisFactors: Float64Array): MarketState {
  const state = copyState(initial);
  for (let a = 0; a < assets.count; a += 1) {
    const factor = basisFactors[a]!;
    if (factor === 1 || assets.kind[a] === ASSET_KIND.base) continue;
    if (assets.kind[a] === ASSET_KIND.stable) state.priceUsd[a] = initial.priceUsd[a]! * factor;
    else state.discountFraction[a] = 1 - (1 - initial.discountFraction[a]!) * factor;
  }
  refreshClaimPrices(assets, state);
  return state;
}
