/**
 * Balance sheets that hang together by claims. `claims` is n × n, row-major: row i is what i has lent to each other. The shock is a loss
 * of external assets. One currency.
 */
export type InterbankSystem = {
  readonly claims: Float64Array;
  readonly externalAssets: Float64Array;
  readonly externalLiabilities: Float64Array;
  readonly shock: Float64Array;
};

/**
 * What a claim on a bank is worth per unit, given its equity E and its equity E₀ before the shock.
 * `linear` (DebtRank): E/E₀ between 0 and 1. `furfine`: 1 while E > 0, then 0. `recovery`: the same with a share left instead of 0.
 */
export type ClaimValuation =
  { readonly kind: 'linear' } | { readonly kind: 'furfine' } | { readonly kind: 'recovery'; readonly recoveryFraction: number };

/** Where revaluation comes to rest. `notConverged` after {@link MOST_ROUNDS}: `lastChange` says how far it still moved. */
export type InterbankValuation = {
  readonly status: 'converged' | 'notConverged';
  readonly rounds: number;
  readonly lastChange: number;
  readonly equityBefore: Float64Array;
  readonly equityAfterShock: Float64Array;
  readonly equity: Float64Array;
  /** Loss / equity before, at most 1; the loss itself over nothing is 1. */
  readonly relativeLoss: Float64Array;
  /** Σ losses, each at most the bank's equity before, over Σ equity before: the shock itself included. */
  readonly lostEquityFraction: number;
};

/** Rounds after which a revaluation that still moves is given up: a loss that shrinks by 0.1 % a round needs 40,000. */
export const MOST_ROUNDS = 200_000;
/** A round that changes no equity by more than this share of the largest balance is the last. */
const SETTLED = 1e-15;

/**
 * Revaluates claims from above until nothing moves: E = external − shock − liabilities + Σ claims × V(E of the debtor), started with all
 * claims at par. Equities only fall, so the rest point is the greatest fixed point.
 *
 * @param mostRounds for tests and for callers in a hurry
 * Sources: P. Barucca et al., "Network valuation in financial systems", Mathematical Finance 30 (2020) 1181-1204; M. Bardoscia et al.,
 * "DebtRank: a microscopic foundation for shock propagation", PLoS ONE 10 (2015) e0130406; C. Furfine, J. Money, Credit and Banking 35
 * (2003) 111-128.
 */
export function valueInterbankSystem(
  system: InterbankSystem,
  valuation: ClaimValuation,
  mostRounds: number = MOST_ROUNDS,
): InterbankValuation {
  const { claims, externalAssets, externalLiabilities, shock } = system;
  const n = externalAssets.length;
  const equityBefore = new Float64Array(n);
  let largest = 0;
  for (let i = 0; i < n; i += 1) {
    let balance = externalAssets[i]! - externalLiabilities[i]!;
    for (let j = 0; j < n; j += 1) balance += claims[i * n + j]! - claims[j * n + i]!;
    equityBefore[i] = balance;
    largest = Math.max(largest, Math.abs(externalAssets[i]!), Math.abs(balance));
  }
  const equityAfterShock = equityBefore.map((before, i) => before - shock[i]!);
  let equity = equityAfterShock.slice();
  let next = new Float64Array(n);
  const worth = new Float64Array(n);
  let rounds = 0;
  let lastChange = Infinity;
  while (rounds < mostRounds && lastChange > SETTLED * largest) {
    for (let j = 0; j < n; j += 1) worth[j] = claimWorth(valuation, equity[j]!, equityBefore[j]!);
    lastChange = 0;
    for (let i = 0; i < n; i += 1) {
      let lost = 0;
      for (let j = 0; j < n; j += 1) lost += claims[i * n + j]! * (1 - worth[j]!);
      next[i] = equityAfterShock[i]! - lost;
      lastChange = Math.max(lastChange, Math.abs(next[i]! - equity[i]!));
    }
    [equity, next] = [next, equity];
    rounds += 1;
  }
  const status = lastChange <= SETTLED * largest ? 'converged' : 'notConverged';
  return { status, rounds, lastChange, equityBefore, equityAfterShock, equity, ...losses(equityBefore, equity) };
}

/**
 * Leverage of every bank towards every other: claim on j / own equity before, n × n. A small shock dies out under the linear valuation
 * exactly while its spectral radius is below 1; at or above it somebody is always lost. Infinite for a bank without equity.
 */
export function interbankLeverage(claims: Float64Array, equityBefore: Float64Array): Float64Array {
  const n = equityBefore.length;
  return claims.map((claim, at) => (claim === 0 ? 0 : claim / Math.max(0, equityBefore[Math.floor(at / n)]!)));
}

/** Worth of one unit of claim; a claim on a bank that had no equity to begin with is worth nothing under the linear valuation. */
function claimWorth(valuation: ClaimValuation, equity: number, equityBefore: number): number {
  if (valuation.kind === 'linear') return equityBefore > 0 ? Math.max(0, Math.min(1, equity / equityBefore)) : 0;
  if (equity > 0) return 1;
  return valuation.kind === 'furfine' ? 0 : valuation.recoveryFraction;
}

function losses(before: Float64Array, after: Float64Array): Pick<InterbankValuation, 'relativeLoss' | 'lostEquityFraction'> {
  const relativeLoss = new Float64Array(before.length);
  let lost = 0;
  let total = 0;
  for (let i = 0; i < before.length; i += 1) {
    const loss = before[i]! - after[i]!;
    relativeLoss[i] = loss === 0 ? 0 : before[i]! > 0 ? Math.min(1, loss / before[i]!) : 1;
    lost += Math.min(loss, Math.max(0, before[i]!));
    total += Math.max(0, before[i]!);
  }
  return { relativeLoss, lostEquityFraction: total === 0 ? 0 : lost / total };
}
