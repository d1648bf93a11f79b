import { blackScholes } from '../pricing/black-scholes.ts';

/**
 * One long option and what hedging it costs: `costFraction` of the value traded, `riskAversion` per unit of currency (> 0). Rates are
 * per year, continuously compounded. Spot, strike, volatility and time > 0.
 */
export type BandOption = {
  readonly isCall: boolean;
  readonly spot: number;
  readonly strike: number;
  readonly years: number;
  readonly volatility: number;
  readonly ratePerYear: number;
  readonly costFraction: number;
  readonly riskAversion: number;
};

/** Hedge while the delta held against one long option is outside low … high. Not clipped to what a delta can be. */
export type DeltaBand = { readonly center: number; readonly halfWidth: number; readonly low: number; readonly high: number };

/** Both bands from the same delta and gamma of one long option; gamma >= 0 for calls and puts. */
export type NoTradeBands = {
  readonly delta: number;
  readonly gamma: number;
  readonly whalleyWilmott: DeltaBand;
  /** Parts of Zakamouline's half width: far from the strike, and by gamma. */
  readonly baseHalfWidth: number;
  readonly gammaHalfWidth: number;
  /** Relative change of the variance, <= 0: a long option is hedged at less volatility, a short one at more. */
  readonly varianceShift: number;
  /** null where the shift would leave no variance: costs too large for the approximation. */
  readonly zakamouline: (DeltaBand & { readonly modifiedVolatility: number }) | null;
};

/** What is hedged and what hedging it costs; gamma >= 0 in coins per unit of currency, everything else as {@link BandOption}. */
export type HedgedGamma = Pick<BandOption, 'spot' | 'years' | 'volatility' | 'ratePerYear' | 'costFraction' | 'riskAversion'> & {
  readonly gamma: number;
};

/** Half widths around a delta, in the unit of the delta, and the relative change of variance at which Zakamouline hedges. */
export type BandWidths = Pick<NoTradeBands, 'baseHalfWidth' | 'gammaHalfWidth' | 'varianceShift'> & { readonly smallCostHalfWidth: number };

/**
 * Half widths of no-trade bands under proportional costs, of one option or of a whole book: with n options at once the delta, the gamma and
 * the widths are n times as large, at the same aversion to the risk of the whole.
 *
 * Whalley-Wilmott, for small costs: (3/2 · e^(−rT) λ S Γ² / γ)^(1/3).
 * Zakamouline: H₀ + H₁ with H₀ = λ/(γ S σ² T), H₁ = 1.12 λ^0.31 T^0.05 (e^(−rT)/σ)^0.25 (Γ/γ)^0.5, at a variance changed by
 * K = −4.76 λ^0.78 T^−0.02 (e^(−rT)/σ)^0.25 (γ S² Γ)^0.15; fitted to numerical solutions.
 *
 * Sources: A. E. Whalley, P. Wilmott, Mathematical Finance 7 (1997) 307-324; V. Zakamouline, "Efficient analytic approximation of the
 * optimal hedging strategy for a European call option with transaction costs", Quantitative Finance 6 (2006) 435-445.
 */
export function bandWidths({ spot, gamma, years, volatility, ratePerYear, costFraction, riskAversion }: HedgedGamma): BandWidths {
  const discount = Math.exp(-ratePerYear * years);
  const perVolatility = (discount / volatility) ** 0.25;
  return {
    // Two roots, since the square of a far option's gamma is below the smallest number.
    smallCostHalfWidth: Math.cbrt((1.5 * discount * costFraction * spot) / riskAversion) * Math.cbrt(gamma) ** 2,
    baseHalfWidth: costFraction / (riskAversion * spot * volatility * volatility * years),
    gammaHalfWidth: 1.12 * costFraction ** 0.31 * years ** 0.05 * perVolatility * Math.sqrt(gamma / riskAversion),
    varianceShift: 0 - 4.76 * costFraction ** 0.78 * years ** -0.02 * perVolatility * (riskAversion * spot * spot * gamma) ** 0.15,
  };
}

/**
 * No-trade bands around the delta of one option: {@link bandWidths} around delta (Whalley-Wilmott), and around the delta at σ√(1 ± K), + for
 * a long option (Zakamouline).
 *
 * @param isLong whether the option is held or written; the bands are per one long option either way
 */
export function noTradeBands(option: BandOption, isLong: boolean): NoTradeBands {
  const { delta, gamma } = deltaAndGamma(option, option.volatility);
  const { smallCostHalfWidth, ...widths } = bandWidths({ ...option, gamma });
  const varianceFactor = isLong ? 1 + widths.varianceShift : 1 - widths.varianceShift;
  const modifiedVolatility = option.volatility * Math.sqrt(varianceFactor);
  return {
    delta,
    gamma,
    whalleyWilmott: band(delta, smallCostHalfWidth),
    ...widths,
    zakamouline:
      varianceFactor > 0
        ? {
            modifiedVolatility,
            ...band(deltaAndGamma(option, modifiedVolatility).delta, widths.baseHalfWidth + widths.gammaHalfWidth),
          }
        : null,
  };
}

/**
 * Half width of a band near a liquidation trigger: no wider than a share of the distance to it, so that the hedge is mended before the account
 * is liquidated (ours). At or beyond the trigger the band is closed.
 *
 * @param distance of the delta held to the one at which the account falls, in delta, signed; Infinity = nothing is near
 * @param shareOfDistance κ, 0 … 1
 */
export function halfWidthNearTrigger(halfWidth: number, distance: number, shareOfDistance: number): number {
  return Math.max(0, Math.min(halfWidth, shareOfDistance * distance));
}

function deltaAndGamma(option: BandOption, volatility: number): { delta: number; gamma: number } {
  const { isCall, spot, strike, years, ratePerYear } = option;
  const { delta, gamma } = blackScholes({ isCall, spot, strike, years, ratePerYear, yieldPerYear: 0, volatility });
  // A worthless put's delta is −0, which would make a band from −0 to 0.
  return { delta: delta + 0, gamma };
}

function band(center: number, halfWidth: number): DeltaBand {
  return { center, halfWidth, low: center - halfWidth, high: center + halfWidth };
}
