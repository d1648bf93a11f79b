import { blackPrice } from '../black.ts';
import { impliedVolatility } from '../implied-volatility.ts';
import { smileThrough, totalVarianceAt, type Smile } from '../smile.ts';
import { butterflyIntervals } from './butterfly.ts';
import { convexWithin } from './convex-curve.ts';
import { priceBands, type ExpiryQuotes, type PriceBands, type QuoteConflict } from './quote-bands.ts';
import { smoothWithin } from './smooth-within.ts';

/** A smile fitted to bid and ask, and what no such smile can do. */
export type QuotedSmile = {
  readonly smile: Smile;
  /** Options with a bid or an ask, and how many of them the smile prices within it. */
  readonly quoted: number;
  readonly met: number;
  /** Quotes that contradict each other or an earlier expiry, with the reason; everything else is met. */
  readonly conflicts: readonly QuoteConflict[];
  /** Listed strikes, from and to, between which the interpolation implies a negative probability: butterflies there are not to be priced from it. */
  readonly gaps: readonly (readonly [number, number])[];
};

/** Strike, as a share of the forward, at which a call is taken to be worth nothing: it bends the curve down to zero. */
const FAR = 50;
/** Two prices this close, as shares of the forward, are the same. */
const ROUNDING = 1e-10;

/**
 * Fits a smile through the quotes of one expiry: the smoothest total variances near the venue's marks that stay within bid and ask. Call prices at the
 * listed strikes are then made convex and falling with slopes between −1 and 0 (no butterfly or spread arbitrage), within the same bands, and not below those
 * of an earlier expiry at the same moneyness (no calendar arbitrage). Between strikes total variance is interpolated, which is checked and reported.
 *
 * @param earlier smile of the expiry before, null for the first
 * @returns a smile without points where no strike has a mark volatility
 */
export function fitQuotedSmile(quotes: ExpiryQuotes, earlier: Smile | null): QuotedSmile {
  const { forward, years } = quotes;
  const bands = raisedBy(earlier, marked(priceBands(quotes)));
  const { moneyness } = bands;
  const ends = (column: Float64Array): Float64Array => Float64Array.of(1, ...column, 0);
  const x = Float64Array.of(0, ...moneyness, Math.max(FAR, 2 * (moneyness.at(-1) ?? 0)));
  const curve = convexWithin(x, ends(bands.low), ends(bands.high), ends(smoothPrices(bands, years)));
  const missed = curve.missed.map((i): QuoteConflict => ({ strike: bands.strikes[i - 1]!, kind: 'butterfly' }));
  const smile = smileOfPrices(moneyness, curve.values.subarray(1, x.length - 1), years);
  const strike = (node: number): number => Math.exp(smile.logMoneyness[node]!) * forward;
  return {
    smile,
    ...countMet(quotes, smile),
    conflicts: [...bands.conflicts, ...missed],
    gaps: butterflyIntervals(smile).map((node) => [strike(node), strike(node + 1)]),
  };
}

/** How many quotes there are, and within how many the smile prices. */
function countMet({ strikes, isCall, bid, ask, forward }: ExpiryQuotes, smile: Smile): { quoted: number; met: number } {
  let quoted = 0;
  let met = 0;
  for (let i = 0; i < strikes.length; i += 1) {
    if (!(bid[i]! > 0) && !(ask[i]! > 0)) continue;
    const moneyness = strikes[i]! / forward;
    const price = blackPrice(isCall[i] === 1, 1, moneyness, Math.sqrt(totalVarianceAt(smile, Math.log(moneyness))), 1);
    quoted += 1;
    const isAbove = !(bid[i]! > 0) || price >= bid[i]! - ROUNDING;
    const isBelow = !(ask[i]! > 0) || price <= ask[i]! + ROUNDING;
    if (isAbove && isBelow) met += 1;
  }
  return { quoted, met };
}

/** The strikes that have a mark volatility. */
function marked(bands: PriceBands): PriceBands {
  const known = [...bands.volatility.keys()].filter((i) => !Number.isNaN(bands.volatility[i]!));
  const place = (column: Float64Array): Float64Array => Float64Array.from(known, (i) => column[i]!);
  return {
    strikes: place(bands.strikes),
    moneyness: place(bands.moneyness),
    low: place(bands.low),
    high: place(bands.high),
    volatility: place(bands.volatility),
    conflicts: bands.conflicts,
  };
}

/**
 * Bands whose lower ends are not below an earlier expiry's prices, over the strikes listed there. Where that is above the ask the ask is believed and the
 * conflict named.
 */
function raisedBy(earlier: Smile | null, bands: PriceBands): PriceBands {
  if (earlier === null) return bands;
  const low = Float64Array.from(bands.low);
  const conflicts = [...bands.conflicts];
  for (let i = 0; i < low.length; i += 1) {
    const at = Math.log(bands.moneyness[i]!);
    if (!(at >= earlier.logMoneyness[0]! && at <= earlier.logMoneyness[earlier.logMoneyness.length - 1]!)) continue;
    const before = blackPrice(true, 1, bands.moneyness[i]!, Math.sqrt(totalVarianceAt(earlier, at)), 1);
    if (before > bands.high[i]! + ROUNDING) conflicts.push({ strike: bands.strikes[i]!, kind: 'calendar' });
    low[i] = Math.max(low[i]!, Math.min(before, bands.high[i]!));
  }
  return { ...bands, low, conflicts };
}

/** Call prices of the smoothest total variances near the marks that stay within the bands. */
function smoothPrices({ moneyness, low, high, volatility }: PriceBands, years: number): Float64Array {
  const smooth = smoothWithin(
    moneyness.map(Math.log),
    low.map((price, i) => varianceOf(price, moneyness[i]!) ?? 0),
    high.map((price, i) => varianceOf(price, moneyness[i]!) ?? Infinity),
    volatility.map((each) => each * each * years),
  );
  return smooth.map((total, i) => blackPrice(true, 1, moneyness[i]!, Math.sqrt(total), 1));
}

/** The smile through call prices; a strike without time value has no volatility and is left out. */
function smileOfPrices(moneyness: Float64Array, price: Float64Array, years: number): Smile {
  const total = price.map((each, i) => varianceOf(each, moneyness[i]!) ?? NaN);
  const known = [...total.keys()].filter((i) => !Number.isNaN(total[i]!));
  return smileThrough(
    years,
    Float64Array.from(known, (i) => Math.log(moneyness[i]!)),
    Float64Array.from(known, (i) => total[i]!),
  );
}

/** Total variance of a call price at unit forward, through its out-of-the-money side; null at or outside the limits of a price. */
function varianceOf(price: number, moneyness: number): number | null {
  const isCall = moneyness >= 1;
  const found = impliedVolatility(isCall, 1, moneyness, 1, isCall ? price : price - 1 + moneyness, 1);
  return found.status === 'ok' && found.volatility > 0 ? found.volatility ** 2 : null;
}
