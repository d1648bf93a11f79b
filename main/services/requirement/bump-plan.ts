import type { Shock } from '../../domain/scenario.ts';
import { stillBump, type Bump } from '../../engine/scenario/bump-book.ts';
import type { PackedBook } from '../../engine/packed/packed-book.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { axisShock } from '../analysis/shock-lists.ts';
import type { PackResult } from '../pack.ts';
import { packShocks } from '../scenarios.ts';
import { basisAssetsOf } from './breach-factors.ts';

/** Relative moves of a price curve: every per cent from −30 % to +30 %. */
export const PRICE_MOVES = Array.from({ length: 61 }, (_, i) => (i - 30) / 100);
/** Volatility added along its curve: every 5 points from −20 to +60. */
export const VOLATILITY_MOVES = Array.from({ length: 17 }, (_, i) => (i - 4) / 20);
/** Sizes of the bumps of the grid. */
export const BUMP = {
  price: -0.01,
  basis: -0.01,
  volatility: 0.01,
  ratePerYear: 0.01,
  rateDays: 30,
  threshold: -0.01,
  depth: 0.9,
} as const;

/** A driver's curve in the plan: bump first … first + moves.length − 1. */
export type PlannedCurve = { readonly driver: string; readonly moves: readonly number[]; readonly first: number };

/** Every bump of a run and where to find what. */
export type BumpPlan = {
  readonly bumps: readonly Bump[];
  readonly curves: readonly PlannedCurve[];
  /** Assets with a basis of their own that positions of the book stand on. */
  readonly basisAssets: readonly number[];
  readonly basisFirst: number;
  readonly volatility: number;
  readonly interest: number;
  readonly threshold: number;
  /** The reference shock as assumed, and with less depth. */
  readonly reference: number;
  readonly thinner: number;
};

/** Nothing moves: the first bump of every plan. */
export const STILL = 0;

/** The bumps from which the grid, the curves and the switches of every account are read. */
export function planBumps({ scenarioSet, shock }: AnalysisInputs, pack: PackResult): BumpPlan {
  const { packed, driverIds } = pack;
  const still = stillBump(driverIds.length);
  const bumps: Bump[] = [still];
  const add = (...more: readonly Bump[]): number => bumps.push(...more) - more.length;
  const shocked = ({ moves, volatilityShift }: Shock): Bump => ({
    ...still,
    moves: packShocks([{ moves, volatilityShift }], driverIds).moves,
    volatilityShift,
  });
  const curves = ['*', ...driverIds].map((driver) => ({
    driver,
    moves: PRICE_MOVES,
    first: add(
      ...PRICE_MOVES.map((move) =>
        shocked(driver === '*' ? axisShock(scenarioSet, driverIds, move) : { moves: { [driver]: move }, volatilityShift: 0 }),
      ),
    ),
  }));
  const volatilityCurve = {
    driver: 'volatility',
    moves: VOLATILITY_MOVES,
    first: add(...VOLATILITY_MOVES.map((volatilityShift) => ({ ...still, volatilityShift }))),
  };
  const basisAssets = basisAssetsOf(packed);
  return {
    curves: [...curves, volatilityCurve],
    basisAssets,
    basisFirst: add(...basisAssets.map((asset) => ({ ...still, basisFactors: factorOf(packed, asset, 1 + BUMP.basis) }))),
    volatility: add({ ...still, volatilityShift: BUMP.volatility }),
    interest: add({ ...still, interestFraction: (BUMP.ratePerYear * BUMP.rateDays) / 365 }),
    threshold: add({ ...still, thresholdChange: BUMP.threshold }),
    reference: add(shocked(shock)),
    thinner: add({ ...shocked(shock), depthFraction: BUMP.depth }),
    bumps,
  };
}

function factorOf({ assets }: PackedBook, asset: number, factor: number): Float64Array {
  const factors = new Float64Array(assets.count).fill(1);
  factors[asset] = factor;
  return factors;
}
