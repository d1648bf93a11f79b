import type { CascadeRules } from '../cascade/cascade-types.ts';
import { runCascade } from '../cascade/run-cascade.ts';
import { makeCascadeWorkspace, type CascadeWorkspace } from '../cascade/workspace.ts';
import { ASSET_KIND, type PackedBook } from '../packed/packed-book.ts';
import { feedbackGain } from '../risk/endogenous-correlation.ts';
import { reproductionNumber } from '../risk/feedback-matrix.ts';
import { bumpedBook, stillBump } from './bump-book.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/** Places along the common fall at which the feedback is measured. */
export type FeedbackRequest = BookReference & {
  readonly rules: CascadeRules;
  /** Move of each driver per unit of the common axis. */
  readonly betas: Float64Array;
  /** Moves of the common axis, ≤ 0. */
  readonly moves: Float64Array;
  /** Added to implied volatility at each of them. */
  readonly volatilityShifts: Float64Array;
  /** Further fall over which the ladder's slope is taken, > 0. */
  readonly window: number;
};

/** The feedback at each place. `matrix` is place × market × market over {@link feedbackMarkets}, as in `risk/feedback-matrix.ts`. */
export type FeedbackTable = {
  readonly kappa: Float64Array;
  readonly reproduction: Float64Array;
  readonly forcedUsd: Float64Array;
  readonly matrix: Float64Array;
};

/** Largest fall of a driver. */
const LARGEST_FALL = -0.99;

/** Markets that feed back: those of drivers, and of claims whose discount they make. Indexes of PackedDepth. */
export function feedbackMarkets({ depth, assets, drivers }: PackedBook): number[] {
  return Array.from({ length: depth.count }, (_, pool) => pool).filter((pool) => {
    const asset = depth.asset[pool]!;
    return assets.kind[asset]! > ASSET_KIND.stable || drivers.includes(asset);
  });
}

/**
 * How strongly forced selling feeds on itself, place by place along a common fall. Whoever is below the requirement there is liquidated once
 * by the venue's own rule, in a market without end, which says what would be offered; the same after one more `window` of fall. The
 * difference is what this bit of the fall forces, its impact at the depth that is left is 2 q / R (slope of the constant product), and per
 * unit of the fall it is the entry of the feedback matrix. Whoever would have fallen before is in both and cancels.
 */
export function measureFeedback(input: FeedbackRequest, shared: SharedValues): FeedbackTable {
  const packed = sharedBook(shared, input);
  const markets = feedbackMarkets(packed);
  const n = markets.length;
  const places = input.moves.length;
  const table = {
    kappa: new Float64Array(places),
    reproduction: new Float64Array(places),
    forcedUsd: new Float64Array(places),
    matrix: new Float64Array(places * n * n),
  };
  const probes = makeProbes(packed, markets, input);
  const held = borrowedAgainst(packed);
  for (let place = 0; place < places; place += 1) {
    const at = { input, place };
    const base = offered(probes.straight, at, NO_DRIVER);
    const matrix = table.matrix.subarray(place * n * n, (place + 1) * n * n);
    for (let k = 0; k < n; k += 1) {
      const after = offered(probes.byMarket[k]!, at, probes.driverOf[k]!);
      for (let m = 0; m < n; m += 1)
        matrix[m * n + k] = impactPerFall(packed, input, {
          pool: markets[m]!,
          sold: after.byPool[markets[m]!]! - base.byPool[markets[m]!]!,
        });
    }
    const along = offered(probes.straight, at, ALL_DRIVERS);
    let forced = 0;
    for (let a = 0; a < packed.assets.count; a += 1) forced += Math.max(0, along.byAsset[a]! - base.byAsset[a]!) * base.priceUsd[a]!;
    table.forcedUsd[place] = forced;
    table.kappa[place] = axisGain({ packed, input, held, base, along, forced });
    table.reproduction[place] = reproductionNumber(matrix, n);
  }
  return table;
}

/** In place of a driver: none, or all of them along the axis. */
const NO_DRIVER = -1;
const ALL_DRIVERS = -2;

type Probes = { readonly straight: CascadeWorkspace; readonly byMarket: readonly CascadeWorkspace[]; readonly driverOf: readonly number[] };

/** Workspaces with endless depth: of the book, and for each claim's market of the book with its discount wider by the window. */
function makeProbes(packed: PackedBook, markets: readonly number[], { window }: FeedbackRequest): Probes {
  const endless = { ...packed, depth: { ...packed.depth, reserveQuantity: new Float64Array(packed.depth.count).fill(Infinity) } };
  const straight = makeCascadeWorkspace(endless);
  const driverOf = markets.map((pool) => packed.drivers.indexOf(packed.depth.asset[pool]!));
  const byMarket = markets.map((pool, k) => {
    if (driverOf[k]! >= 0) return straight;
    const basisFactors = new Float64Array(packed.assets.count).fill(1);
    basisFactors[packed.depth.asset[pool]!] = 1 - window;
    return makeCascadeWorkspace(bumpedBook(endless, { ...stillBump(packed.drivers.length), basisFactors }));
  });
  return { straight, byMarket, driverOf };
}

type Place = { readonly input: FeedbackRequest; readonly place: number };
type Offer = { readonly byPool: Float64Array; readonly byAsset: Float64Array; readonly priceUsd: Float64Array };

/** Units offered to each market, and of each asset, by one liquidation of everybody below the requirement; one driver or all a window lower. */
function offered(work: CascadeWorkspace, { input, place }: Place, lower: number): Offer {
  const { betas, window, rules } = input;
  const moves = betas.map((beta, d) => {
    const move = Math.max(LARGEST_FALL, beta * input.moves[place]!);
    const further = lower === ALL_DRIVERS ? beta * window : lower === d ? window : 0;
    return Math.max(LARGEST_FALL, (1 + move) * (1 - further) - 1);
  });
  work.poolNet.fill(0);
  work.soldQuantity.fill(0);
  const { finalState } = runCascade(work, { moves, volatilityShift: input.volatilityShifts[place]! }, { ...rules, maxRounds: 1 });
  return { byPool: work.poolNet.slice(), byAsset: work.soldQuantity.slice(), priceUsd: finalState.priceUsd.slice() };
}

function impactPerFall(packed: PackedBook, { rules, window }: FeedbackRequest, { pool, sold }: { pool: number; sold: number }): number {
  return (2 * sold) / (packed.depth.reserveQuantity[pool]! * (1 - rules.depthThinningFraction)) / window;
}

/** Coins of each driver that stand as collateral of whoever owes, looked through. */
function borrowedAgainst({ lending, assets, drivers }: PackedBook): Float64Array {
  const coins = new Float64Array(drivers.length);
  for (let borrower = 0; borrower < lending.count; borrower += 1) {
    if (lending.debtStart[borrower] === lending.debtStart[borrower + 1]) continue;
    for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
      for (let d = 0; d < drivers.length; d += 1) {
        coins[d]! +=
          lending.collateralQuantity[row]! * assets.lookThroughUnits[lending.collateralAsset[row]! * assets.count + drivers[d]!]!;
      }
    }
  }
  return coins;
}

type Axis = {
  readonly packed: PackedBook;
  readonly input: FeedbackRequest;
  readonly held: Float64Array;
  readonly base: Offer;
  readonly along: Offer;
  readonly forced: number;
};

/**
 * κ of Cont and Wagalath along the common axis: the fund is everybody who owes, π its collateral by driver, V₀ the sum of that, f′ the share
 * of V₀ that the window puts up for sale over the share of V₀ that it loses, Λ what is sold, grown to the whole, over depth.
 */
function axisGain({ packed, input, held, base, along, forced }: Axis): number {
  if (!(forced > 0)) return 0;
  const { drivers, assets } = packed;
  const positionValueUsd = Float64Array.from(drivers, (asset, d) => held[d]! * base.priceUsd[asset]!);
  let referenceValueUsd = 0;
  let lossUsd = 0;
  for (let d = 0; d < drivers.length; d += 1) {
    referenceValueUsd += positionValueUsd[d]!;
    lossUsd += positionValueUsd[d]! * input.betas[d]! * input.window;
  }
  if (!(lossUsd > 0)) return 0;
  const soldShare = forced / referenceValueUsd;
  const quantityOverDepth = Float64Array.from(drivers, (asset) => {
    const pool = assets.pool[asset]!;
    if (pool < 0) return 0;
    return (impactPerFall(packed, input, { pool, sold: along.byPool[pool]! - base.byPool[pool]! }) * input.window) / soldShare;
  });
  const saleSlope = soldShare / (lossUsd / referenceValueUsd);
  return feedbackGain({ covariance: new Float64Array(0), positionValueUsd, quantityOverDepth, saleSlope, referenceValueUsd }).feedback;
}
