import type { CascadeRules } from '../cascade/cascade-types.ts';
import { runCascade } from '../cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../cascade/workspace.ts';
import { assetsMovedBy } from '../packed/greeks/dependency-index.ts';
import { evaluateAccount, hasFallen, makeAccountMeasures } from '../packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../packed/market-state.ts';
import type { PackedBook } from '../packed/packed-book.ts';
import { choleskyRoot, metricLength, nearestBreach } from '../requirement/distance/nearest-breach.ts';
import { bumpedBook, stillBump, type Bump } from './bump-book.ts';
import { commonMove } from './history-moves.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/**
 * Independent factors behind the prices: every driver, in packed.drivers' order, then the basis of single assets (a claim against what
 * backs it, a stable against the dollar), which move by themselves.
 */
export type BreachFactors = {
  /** Assets with a basis of their own, after the drivers. */
  readonly basisAssets: Int32Array;
  /** Daily covariance of relative moves, (drivers + basis assets) squared, row by row. */
  readonly covariance: Float64Array;
  /** Of the common axis, by driver; volatility rises with the common part of a fall. */
  readonly betas: Float64Array;
  readonly volatilityPerMove: number;
};

/** One account whose nearest breach is looked for. */
export type BreachRequest = BookReference & {
  readonly account: number;
  readonly factors: BreachFactors;
  readonly rules: CascadeRules | null;
};

/** A breach: its distance and the relative move of every factor there. */
export type Breach = { readonly sigmaDays: number; readonly moves: Float64Array };

/** Where an account is most likely to run out of excess; null = not within reach. */
export type AccountBreach = {
  /** Prices move and nobody sells. */
  readonly alone: Breach | null;
  /** Everybody reacts: the nearer of the same direction and the common axis, never beyond `alone`; null also where not asked for. */
  readonly joint: (Breach & { readonly isAlongAxis: boolean }) | null;
};

/** Standard deviations looked along the common axis where the account alone is never reached. */
const FARTHEST = 60;
/** Looks along a direction before halving, and the width at which it ends, as a share of the way. */
const LOOKS = 10;
const WIDTH = 1e-3;
/** Most a price may fall in a search. */
const LARGEST_FALL = -0.99;

/** The nearest breach of one account, alone and jointly. */
export function findBreach(input: BreachRequest, shared: SharedValues): AccountBreach {
  const packed = sharedBook(shared, input);
  const { factors, account } = input;
  const state = copyState(packed.initial);
  const measures = makeAccountMeasures(packed.accounts.count);
  const count = packed.drivers.length + factors.basisAssets.length;
  const own = ownFactors(packed, account, factors);
  const all = new Float64Array(count);
  const spreadOwn = (moves: Float64Array): Float64Array => {
    own.forEach((factor, i) => (all[factor] = moves[i]!));
    return all;
  };
  const excessAt = (moves: Float64Array): number => {
    const bump = bumpOf(packed, factors, spreadOwn(moves));
    applyShock(bumpedBook(packed, bump), bump.moves, bump.volatilityShift, state);
    evaluateAccount(packed, account, state, measures);
    return measures.excessUsd[account]!;
  };
  const covariance = Float64Array.from(own.flatMap((row) => own.map((column) => factors.covariance[row * count + column]!)));
  const found = nearestBreach(excessAt, covariance, own.length);
  const alone = found === null ? null : { sigmaDays: found.sigmaDays, moves: Float64Array.from(spreadOwn(found.moves)) };
  return { alone, joint: input.rules === null ? null : jointBreach(packed, { ...input, rules: input.rules }, alone) };
}

/**
 * Factors the search of an account runs over: every driver, since what it does not hold may move with what it does, and of the bases, which
 * move by themselves, those its positions stand on.
 */
function ownFactors(packed: PackedBook, account: number, { basisAssets }: BreachFactors): readonly number[] {
  const { accounts, positions, drivers } = packed;
  const held = positions.asset.subarray(accounts.positionStart[account], accounts.positionStart[account + 1]);
  const own = Array.from(drivers, (_, d) => d);
  for (let i = 0; i < basisAssets.length; i += 1) {
    const isMoved = assetsMovedBy(packed, basisAssets[i]!);
    if (held.some((asset) => isMoved[asset] === 1)) own.push(drivers.length + i);
  }
  return own;
}

function jointBreach(
  packed: PackedBook,
  { factors, account, rules }: BreachRequest & { readonly rules: CascadeRules },
  alone: Breach | null,
): AccountBreach['joint'] {
  const family = packed.accounts.family[account]!;
  const plainWork = makeCascadeWorkspace(packed);
  const falls = (moves: Float64Array): boolean => {
    const bump = bumpOf(packed, factors, moves);
    const book = bumpedBook(packed, bump);
    const result = runCascade(book === packed ? plainWork : makeCascadeWorkspace(book), bump, rules);
    return result.fallenRound[account]! > 0 || hasFallen(family, result.intactExcessUsd[account]!, Infinity);
  };
  const axis = axisMoves(packed, factors, alone?.sigmaDays ?? FARTHEST);
  const onAxis = shareAtWhich(falls, axis.moves, false);
  const onWay = alone === null ? null : shareAtWhich(falls, alone.moves, true);
  const byAxis =
    onAxis === null ? null : { sigmaDays: onAxis * axis.sigmaDays, moves: axis.moves.map((each) => each * onAxis), isAlongAxis: true };
  if (alone === null || onWay === null) return byAxis;
  const byWay = { sigmaDays: onWay * alone.sigmaDays, moves: alone.moves.map((each) => each * onWay), isAlongAxis: false };
  return byAxis !== null && byAxis.sigmaDays < byWay.sigmaDays ? byAxis : byWay;
}

/** The fall along the common axis that is so many standard deviations away, at most to the largest fall. */
function axisMoves(packed: PackedBook, { betas, covariance, basisAssets }: BreachFactors, sigmaDays: number): Breach {
  const count = packed.drivers.length + basisAssets.length;
  const unit = Float64Array.from({ length: count }, (_, i) => (i < betas.length ? -betas[i]! : 0));
  const perUnit = metricLength(choleskyRoot(covariance, count), unit);
  const steepest = betas.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const move = Math.min(perUnit > 0 ? sigmaDays / perUnit : 0, steepest > 0 ? -LARGEST_FALL / steepest : 0);
  return { sigmaDays: move * perUnit, moves: unit.map((each) => each * move) };
}

/** Smallest share of the way at which the account falls; the end itself where it is known to be one. Null = it holds on the whole way. */
function shareAtWhich(falls: (moves: Float64Array) => boolean, moves: Float64Array, endsInBreach: boolean): number | null {
  const at = (share: number): boolean => falls(moves.map((each) => each * share));
  if (at(0)) return 0;
  let safe = 0;
  let fallen: number | null = endsInBreach ? 1 : null;
  for (let look = 1; look <= LOOKS; look += 1) {
    const share = look / LOOKS;
    if (at(share)) {
      fallen = share;
      break;
    }
    safe = share;
  }
  if (fallen === null) return null;
  while (fallen - safe > WIDTH) {
    const middle: number = (fallen + safe) / 2;
    if (at(middle)) fallen = middle;
    else safe = middle;
  }
  return fallen;
}

/** Moves of the factors as a bump of the book. */
function bumpOf(packed: PackedBook, { basisAssets, betas, volatilityPerMove }: BreachFactors, moves: Float64Array): Bump {
  const drivers = packed.drivers.length;
  const market = moves.subarray(0, drivers).map((each) => Math.max(LARGEST_FALL, each));
  const volatilityShift = Math.max(0, volatilityPerMove * commonMove(betas, market));
  const bump = { ...stillBump(drivers), moves: market, volatilityShift };
  let basisFactors: Float64Array | null = null;
  for (let i = 0; i < basisAssets.length; i += 1) {
    const move = moves[drivers + i]!;
    if (move === 0) continue;
    basisFactors ??= new Float64Array(packed.assets.count).fill(1);
    basisFactors[basisAssets[i]!] = 1 + Math.max(LARGEST_FALL, move);
  }
  return { ...bump, basisFactors };
}
