import { portfolioVolatilityShift } from '../standard-options.ts';

/** Codes of how a scenario moves implied volatility. The two skews tilt each expiry's smile instead of lifting it. */
export const VOLATILITY_STATE = { down: 0, same: 1, up: 2, linearSkew: 3, absoluteSkew: 4 } as const;

/**
 * The scenarios of one underlying, in the order in which they are reported. What is lost at `spotMove` is taken times
 * `dampingFraction` and counts beyond `deductibleUsd`; what is paid in coin becomes coin at the price after `conversionMove`, which
 * is the same move except in an extended table, where it is the end of the standard range.
 */
export type ScenarioGrid = {
  readonly count: number;
  /** Relative, > −1. */
  readonly spotMove: Float64Array;
  readonly conversionMove: Float64Array;
  readonly volatility: Uint8Array;
  readonly dampingFraction: Float64Array;
  readonly deductibleUsd: Float64Array;
};

/**
 * Places of a scenario model's numbers. Fractions, powers and rates per year; `volatilityFloorDays` in days. Switched off: a
 * rate, factor or fraction by 0, a minimum by 0, a delta threshold by Infinity.
 */
export const SCENARIO_TERM = {
  volatilityUp: 0,
  volatilityDown: 1,
  shortPower: 2,
  longPower: 3,
  volatilityFloorDays: 4,
  minimumVolatilityUp: 5,
  maintenanceLossFactor: 6,
  initialLossFactor: 7,
  contractMaintenance: 8,
  contractInitial: 9,
  rollPerYear: 10,
  rollFloor: 11,
  shortOptionMaintenance: 12,
  shortOptionInitial: 13,
  deltaThresholdUsd: 14,
  deltaSlopePerCoin: 15,
  deltaCap: 16,
  ratePerYear: 17,
  hasStaticDiscount: 18,
  longStaticDiscount: 19,
  shortStaticDiscount: 20,
  longRateMultiple: 21,
  longRateAdd: 22,
  shortRateMultiple: 23,
  shortRateAdd: 24,
  linearSkewCap: 25,
  linearSkewPerRootYear: 26,
  absoluteSkewCap: 27,
  absoluteSkewPerRootYear: 28,
  skewWidthMinimum: 29,
  skewWidthScale: 30,
  skewVolatility: 31,
  skewVolatilityPerRootYear: 32,
  basisUp: 33,
  basisDown: 34,
  basisFactor: 35,
  basisFactorPerYear: 36,
  confidenceThreshold: 37,
  confidenceMargin: 38,
  pegThresholdUsd: 39,
  pegFactor: 40,
} as const;
export const SCENARIO_TERMS = 41;

/**
 * Relative shift of an expiry's implied volatility: range × (30 / days)^power, the short power up to thirty days and the long
 * one beyond, so that it is continuous there; days not below the floor.
 *
 * Source: Deribit's model parameters (short_term_vega_power, long_term_vega_power); Derive's VolShockParameters.
 */
export function scenarioVolatilityShift(years: number, range: number, terms: Float64Array, at: number): number {
  const days = years * 365;
  const power = terms[at + (days <= 30 ? SCENARIO_TERM.shortPower : SCENARIO_TERM.longPower)]!;
  return portfolioVolatilityShift(Math.max(days, terms[at + SCENARIO_TERM.volatilityFloorDays]!), range, power);
}

/**
 * Static discount of an expiry's worth in a scenario: worth to receive is taken at less, worth owed at more (never above what
 * undoes the expiry's own discount). long = base × e^(−T (rate × multiple + add)); short = min(1 / discount, base × e^(…)).
 *
 * @param discount price now of a dollar at the expiry
 * @returns 1 where the model has no static discount
 */
export function staticDiscount(
  isOwed: boolean,
  years: number,
  ratePerYear: number,
  discount: number,
  terms: Float64Array,
  at: number,
): number {
  if (terms[at + SCENARIO_TERM.hasStaticDiscount] === 0) return 1;
  if (!isOwed) {
    const rate = ratePerYear * terms[at + SCENARIO_TERM.longRateMultiple]! + terms[at + SCENARIO_TERM.longRateAdd]!;
    return terms[at + SCENARIO_TERM.longStaticDiscount]! * Math.exp(-years * rate);
  }
  const rate = ratePerYear * terms[at + SCENARIO_TERM.shortRateMultiple]! + terms[at + SCENARIO_TERM.shortRateAdd]!;
  return Math.min(1 / discount, terms[at + SCENARIO_TERM.shortStaticDiscount]! * Math.exp(years * rate));
}

/**
 * Factor of an option's volatility in a skew scenario: 1 + cap × k / k*, held within ± cap, where k = ln(strike / forward) (its
 * size for the absolute skew), cap = base + slope × √T and k* = max(minimum, √T × scale × (σ₀ + σ₁ √T)). Not below 0.
 *
 * The cap is not forced above zero: beyond the tenor at which it turns negative the tilt is the other way round, as on the venue.
 */
export function skewFactor(isAbsolute: boolean, logMoneyness: number, rootYears: number, terms: Float64Array, at: number): number {
  const base = terms[at + (isAbsolute ? SCENARIO_TERM.absoluteSkewCap : SCENARIO_TERM.linearSkewCap)]!;
  const slope = terms[at + (isAbsolute ? SCENARIO_TERM.absoluteSkewPerRootYear : SCENARIO_TERM.linearSkewPerRootYear)]!;
  const cap = base + slope * rootYears;
  const volatility = terms[at + SCENARIO_TERM.skewVolatility]! + rootYears * terms[at + SCENARIO_TERM.skewVolatilityPerRootYear]!;
  const width = Math.max(terms[at + SCENARIO_TERM.skewWidthMinimum]!, rootYears * terms[at + SCENARIO_TERM.skewWidthScale]! * volatility);
  const k = isAbsolute ? Math.abs(logMoneyness) : logMoneyness;
  const tilt = k * cap === 0 ? 0 : (k * cap) / width;
  return Math.max(0, 1 + (k >= 0 ? Math.min(cap, tilt) : Math.max(-cap, tilt)));
}

/** Factor of the loss scenarios' worst for the initial requirement: the model's, and more while the settlement dollar is off its peg. */
export function initialLossFactor(stablePriceUsd: number, terms: Float64Array, at: number): number {
  const below = Math.max(0, terms[at + SCENARIO_TERM.pegThresholdUsd]! - stablePriceUsd);
  return terms[at + SCENARIO_TERM.initialLossFactor]! + below * terms[at + SCENARIO_TERM.pegFactor]!;
}

/** Share of a notional required on top while a feed's confidence is below the threshold: (1 − confidence) × margin. */
export function confidenceRate(confidence: number, terms: Float64Array, at: number): number {
  return confidence < terms[at + SCENARIO_TERM.confidenceThreshold]! ? (1 - confidence) * terms[at + SCENARIO_TERM.confidenceMargin]! : 0;
}
