import type { HistoryMoves } from '../scenario/history-moves.ts';

/** Weight of the past in the running variance per day, the same as that of the book's volatilities. Source: "RiskMetrics Technical Document" (1996). */
export const DECAY_PER_DAY = 0.94;

/** What moves of the drivers are drawn from. Volatilities and residuals are of relative moves; drivers in the order of the packed book. */
export type VolatilityModel = {
  /** Day × driver: each day's move over the volatility known before it, less the mean of its driver. Drawn day by day, all drivers together. */
  readonly residuals: Float64Array;
  /** Volatility of a day as known now. */
  readonly dailyVolatility: Float64Array;
  /** Lower triangular root of the correlation known now, driver × driver: what the path between two drawn points is made with. */
  readonly correlationRoot: Float64Array;
};

/**
 * Filtered historical simulation: the book's running volatility takes the loudness out of every recorded day, what is left is drawn with
 * today's put back. Residuals are centred, so that nothing is forecast but spread.
 *
 * @param history moves scaled to the volatility after the last day
 * @param partOfDay what has passed of the day under way and how far each driver has come in it; it counts in the volatility, not as a residual
 * Source: G. Barone-Adesi, K. Giannopoulos, L. Vosper, "VaR without correlations for portfolios of derivative securities" (1999).
 */
export function volatilityModel(history: HistoryMoves, partOfDay: PartOfDay | null): VolatilityModel {
  const drivers = history.dailyVolatility.length;
  const residuals = history.moves.slice();
  for (let d = 0; d < drivers; d += 1) {
    const volatility = history.dailyVolatility[d]!;
    let sum = 0;
    for (let i = d; i < residuals.length; i += drivers) {
      residuals[i] = volatility > 0 ? residuals[i]! / volatility : 0;
      sum += residuals[i]!;
    }
    const mean = history.days > 0 ? sum / history.days : 0;
    for (let i = d; i < residuals.length; i += drivers) residuals[i]! -= mean;
  }
  const covariance = history.covariance.slice();
  if (partOfDay !== null) foldPartOfDay(covariance, partOfDay);
  const dailyVolatility = new Float64Array(drivers);
  for (let d = 0; d < drivers; d += 1) dailyVolatility[d] = Math.sqrt(covariance[d * drivers + d]!);
  return { residuals, dailyVolatility, correlationRoot: correlationRoot(covariance, drivers) };
}

/** The day under way: the share of it that has passed, (0, 1], and the relative move of each driver since the last close. */
export type PartOfDay = { readonly dayFraction: number; readonly moves: Float64Array };

/**
 * Folds a move over part of a day into a daily covariance: λᶠ C + (1 − λᶠ) m m′ / f. A whole day is the ordinary step, no time changes
 * nothing, and a calm that goes on leaves the variance where it is on average.
 */
export function foldPartOfDay(covariance: Float64Array, { dayFraction, moves }: PartOfDay): void {
  const drivers = moves.length;
  const kept = DECAY_PER_DAY ** dayFraction;
  for (let i = 0; i < drivers; i += 1) {
    for (let j = 0; j < drivers; j += 1) {
      const product = (moves[i]! * moves[j]!) / dayFraction;
      covariance[i * drivers + j] = kept * covariance[i * drivers + j]! + (1 - kept) * product;
    }
  }
}

/** Cholesky root of the correlation of a covariance; a driver that does not move, or only with others, gets no part of its own. */
function correlationRoot(covariance: Float64Array, drivers: number): Float64Array {
  const root = new Float64Array(drivers * drivers);
  for (let i = 0; i < drivers; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const scale = Math.sqrt(covariance[i * drivers + i]! * covariance[j * drivers + j]!);
      let left = scale > 0 ? covariance[i * drivers + j]! / scale : 0;
      for (let k = 0; k < j; k += 1) left -= root[i * drivers + k]! * root[j * drivers + k]!;
      if (i === j) root[i * drivers + i] = Math.sqrt(Math.max(0, left));
      else root[i * drivers + j] = root[j * drivers + j]! > 0 ? left / root[j * drivers + j]! : 0;
    }
  }
  return root;
}
