import type { AccountResult } from '../../../main/contract/analysis.ts';
import type { RequirementResult } from '../../../main/contract/requirement.ts';

/** A point of a curve: relative move of the driver, excess in USD; null where the curve is outside the shown range. */
export type CurvePoint = readonly [move: number, excessUsd: number | null];

export type CurveSeries = {
  readonly id: string;
  readonly label: string;
  readonly kind: 'this' | 'joint' | 'other';
  readonly points: readonly CurvePoint[];
};

/** Everything the chart of excess against one driver draws. Moves are relative, money in USD. */
export type ExcessCurves = {
  readonly driver: string;
  readonly series: readonly CurveSeries[];
  readonly lowUsd: number;
  readonly highUsd: number;
  /** Where the account's own curve reaches zero: down, up, and jointly. Null where it never does. */
  readonly aloneDown: number | null;
  readonly aloneUp: number | null;
  readonly joint: number | null;
  /** No move of this driver alone liquidates the account. */
  readonly isNeverAlone: boolean;
};

/** The drivers of an account's curves, the common axis '*' first. */
export function driversOf(account: AccountResult): readonly string[] {
  const drivers = account.curves.map((curve) => curve.driver);
  return [...drivers.filter((driver) => driver === '*'), ...drivers.filter((driver) => driver !== '*')];
}

/**
 * Curves of one account against one driver, beside those of the other accounts where `isAll`. The range follows the account
 * itself, so that a larger neighbour does not flatten it; what is outside the range is cut at its border. Along the common axis
 * the joint curve is the analysis's own; along one driver it is that of the requirement Greeks, once they have been computed.
 */
export function excessCurves(
  accounts: readonly AccountResult[],
  accountId: string,
  choice: { readonly driver: string; readonly isAll: boolean; readonly requirement?: RequirementResult | null },
): ExcessCurves | null {
  const account = accounts.find((entry) => entry.accountId === accountId);
  const own = account === undefined ? undefined : pointsOf(account, choice.driver);
  if (account === undefined || own === undefined) return null;
  const joint = jointPoints(account, choice);
  const [lowUsd, highUsd] = rangeOf(own, joint);
  const cut = (points: readonly CurvePoint[]) => cutToRange(points, lowUsd, highUsd);
  const others = choice.isAll
    ? accounts.flatMap((entry): CurveSeries[] => {
        const points = entry.accountId === accountId ? undefined : pointsOf(entry, choice.driver);
        return points === undefined ? [] : [{ id: entry.accountId, label: entry.accountId, kind: 'other', points: cut(points) }];
      })
    : [];
  const liquidation = account.liquidationPoints.find((point) => point.driver === choice.driver);
  const aloneDown = choice.driver === '*' ? account.aloneMove : (liquidation?.downMove ?? null);
  const aloneUp = choice.driver === '*' ? null : (liquidation?.upMove ?? null);
  return {
    driver: choice.driver,
    series: [
      ...others,
      { id: account.accountId, label: `${account.accountId} alone`, kind: 'this', points: own },
      ...(joint.length === 0 ? [] : [{ id: 'joint', label: 'joint', kind: 'joint' as const, points: cut(joint) }]),
    ],
    lowUsd,
    highUsd,
    aloneDown,
    aloneUp,
    joint: choice.driver === '*' ? account.jointMove : zeroOf(joint),
    isNeverAlone: aloneDown === null && aloneUp === null,
  };
}

/** The joint curve of a driver; empty where there is none yet. */
function jointPoints(
  account: AccountResult,
  { driver, requirement }: { readonly driver: string; readonly requirement?: RequirementResult | null },
): readonly CurvePoint[] {
  if (driver === '*') return account.jointCurve === null ? [] : zipped(account.jointCurve);
  const curve = requirement?.accounts.find((row) => row.accountId === account.accountId)?.curves.find((each) => each.driver === driver);
  return curve === undefined ? [] : zipped({ moves: curve.moves, excessUsd: curve.jointUsd });
}

/** The move nearest to none at which a curve crosses zero; null = it does not. */
function zeroOf(points: readonly CurvePoint[]): number | null {
  const found = points.flatMap((point, index) => {
    const former = points[index - 1];
    return former === undefined ? [] : crossings(former, point, [0]).map(([move]) => move);
  });
  return found.toSorted((left, right) => Math.abs(left) - Math.abs(right))[0] ?? null;
}

/** The accounts with their curves against volatility beside those against prices. */
export function withVolatilityCurves(accounts: readonly AccountResult[], requirement: RequirementResult | null): readonly AccountResult[] {
  if (requirement === null) return accounts;
  return accounts.map((account) => {
    const row = requirement.accounts.find((each) => each.accountId === account.accountId);
    const curve = row?.curves.find((each) => each.driver === 'volatility');
    if (curve === undefined || account.curves.length === 0 || row?.trouble !== null) return account;
    return { ...account, curves: [...account.curves, { driver: 'volatility', moves: curve.moves, excessUsd: curve.aloneUsd }] };
  });
}

function pointsOf(account: AccountResult, driver: string): readonly CurvePoint[] | undefined {
  const curve = account.curves.find((entry) => entry.driver === driver);
  return curve === undefined ? undefined : zipped(curve);
}

function zipped(curve: { readonly moves: readonly number[]; readonly excessUsd: readonly number[] }): readonly CurvePoint[] {
  return curve.moves.flatMap((move, index): CurvePoint[] => {
    const excess = curve.excessUsd[index];
    return excess === undefined ? [] : [[move, excess]];
  });
}

/** The joint curve may go down this far, as a share of the top, before it is cut: far below zero only the sign matters. */
const DEEPEST_SHARE = 0.75;

/** Range that holds the own curve, zero and most of the joint one, ending on round numbers. */
function rangeOf(own: readonly CurvePoint[], joint: readonly CurvePoint[]): readonly [number, number] {
  const values = (points: readonly CurvePoint[]) => points.map(([, excess]) => excess ?? 0);
  const high = Math.max(0, ...values(own), ...values(joint));
  const low = Math.min(0, ...values(own), Math.max(Math.min(0, ...values(joint)), -DEEPEST_SHARE * high));
  const step = roundStep((high - low || 1) / 6);
  return [Math.floor(low / step) * step, Math.ceil(high / step) * step];
}

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below the size. */
export function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= size * (1 - 1e-9)) ?? 10);
}

/** Cuts a line at the borders of a range: outside points become null, and where it crosses a border a point is put on it. */
export function cutToRange(points: readonly CurvePoint[], low: number, high: number): readonly CurvePoint[] {
  const cut: CurvePoint[] = [];
  points.forEach((point, index) => {
    const former = points[index - 1];
    if (former !== undefined) cut.push(...crossings(former, point, [low, high]));
    const [move, excess] = point;
    cut.push([move, excess === null || excess < low || excess > high ? null : excess]);
  });
  return cut;
}

function crossings([fromMove, from]: CurvePoint, [toMove, to]: CurvePoint, borders: readonly number[]): readonly CurvePoint[] {
  if (from === null || to === null || from === to) return [];
  return borders
    .flatMap((border): CurvePoint[] => {
      const part = (border - from) / (to - from);
      return part > 0 && part < 1 ? [[fromMove + part * (toMove - fromMove), border]] : [];
    })
    .toSorted((a, b) => a[0] - b[0]);
}
