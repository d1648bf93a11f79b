import type { FanResult } from '../../../../main/contract/cascade-fan.ts';

/** Quantiles of one figure in one round: 5, 25, 50, 75 and 95 %. */
export type Band = readonly [low: number, lower: number, middle: number, upper: number, high: number];

/** One account in the draws. */
export type FallRow = FanResult['accounts'][number];

/** Price of a driver by round in the draws, as a move from `nowUsd`. */
export function priceBands(fan: FanResult, driver: string, nowUsd: number): readonly Band[] {
  return shownRounds(fan).map((round) =>
    bandOf(
      fan,
      (fan.pricesUsd[driver]?.[round] ?? []).map((usd) => usd / nowUsd - 1),
    ),
  );
}

/** Loss of the book by round in the draws, USD. */
export function lossBands(fan: FanResult): readonly Band[] {
  return shownRounds(fan).map((round) => bandOf(fan, fan.lossUsd[round] ?? []));
}

/** Rounds worth showing: up to the last in which any quantile of any figure still changes, at least one beyond the shock. */
export function shownRounds(fan: FanResult): readonly number[] {
  const at = (round: number): string => JSON.stringify([fan.lossUsd[round], Object.values(fan.pricesUsd).map((bands) => bands[round])]);
  let last = fan.lossUsd.length - 1;
  while (last > 1 && at(last) === at(last - 1)) last -= 1;
  return Array.from({ length: last + 1 }, (_, round) => round);
}

/** The five quantiles that are drawn, whatever others the fan has. */
export function bandOf({ probabilities }: FanResult, quantiles: readonly number[]): Band {
  const at = (probability: number): number => quantiles[probabilities.indexOf(probability)] ?? NaN;
  return [at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)];
}

/** Accounts that fall in any draw, most often first. */
export function fallRows({ accounts }: FanResult): readonly FallRow[] {
  return accounts
    .filter((row) => row.fallFraction > 0)
    .toSorted((a, b) => b.fallFraction - a.fallFraction || (a.accountId < b.accountId ? -1 : 1));
}

/** Accounts that hold in every draw. */
export function holders({ accounts }: FanResult): readonly string[] {
  return accounts.filter((row) => row.fallFraction === 0).map((row) => row.accountId);
}

/** Largest chance of a fall that agrees with none in `draws`, at 95 % confidence: 1 − 0.05^(1/n), about 3/n. */
export function unseenFraction(draws: number): number {
  return 1 - 0.05 ** (1 / draws);
}
