import { blackPrice } from '../black.ts';

/** Quotes of one expiry, one entry per listed option. Prices as shares of the forward (coin prices of coin-settled options); NaN = no such quote. */
export type ExpiryQuotes = {
  readonly strikes: Float64Array;
  readonly isCall: Uint8Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  /** The venue's mark volatility: what the curve stays near to within the quotes. */
  readonly volatility: Float64Array;
  readonly forward: number;
  readonly years: number;
};

/** Why a quote cannot be met by a curve without arbitrage: against itself, its put or call, its neighbours, or an earlier expiry. */
export type QuoteConflict = { readonly strike: number; readonly kind: 'crossed' | 'parity' | 'butterfly' | 'calendar' };

/** What the quotes allow a call to cost at each strike, as shares of the forward; strikes ascending, and as shares of the forward. */
export type PriceBands = {
  readonly strikes: Float64Array;
  readonly moneyness: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Mark volatility of the out-of-the-money side, else of the other; NaN where neither has one. */
  readonly volatility: Float64Array;
  readonly conflicts: readonly QuoteConflict[];
};

type Band = { low: number; high: number };
type Strike = { band: Band | null; isOwnSide: boolean; volatility: number };

/**
 * Joins the quotes of calls and puts into one band per strike: call = put + 1 − K/F. A missing bid leaves the intrinsic value, a missing ask the
 * forward; a strike without any quote is held at its mark. A quote whose bid is above its ask is left out; where call and put contradict each
 * other the out-of-the-money one, which is the one that trades, is believed.
 */
export function priceBands(quotes: ExpiryQuotes): PriceBands {
  const { strikes, forward } = quotes;
  const conflicts: QuoteConflict[] = [];
  const found = new Map<number, Strike>();
  const order = [...strikes.keys()].sort((left, right) => strikes[left]! - strikes[right]! || left - right);
  for (const i of order) {
    const strike = strikes[i]!;
    if (!(strike > 0 && strike < Infinity)) continue;
    const one = strikeOf(quotes, i, strike / forward);
    if (quotes.bid[i]! > quotes.ask[i]!) conflicts.push({ strike, kind: 'crossed' });
    const known = found.get(strike);
    const band = known === undefined ? one.band : joined(known.band, one.band);
    if (known !== undefined && band === 'apart') conflicts.push({ strike, kind: 'parity' });
    found.set(strike, known === undefined ? one : merged(known, one, band));
  }
  const rows = [...found].map(([strike, each]) => ({ ...each, moneyness: strike / forward }));
  const bands = rows.map(({ band, volatility, moneyness }) => band ?? markBand(volatility * Math.sqrt(quotes.years), moneyness));
  return {
    strikes: Float64Array.from(found.keys()),
    moneyness: Float64Array.from(rows, (row) => row.moneyness),
    low: Float64Array.from(bands, (band) => band.low),
    high: Float64Array.from(bands, (band) => band.high),
    volatility: Float64Array.from(rows, (row) => row.volatility),
    conflicts,
  };
}

function strikeOf(quotes: ExpiryQuotes, i: number, moneyness: number): Strike {
  const isCall = quotes.isCall[i] === 1;
  const volatility = quotes.volatility[i]!;
  return {
    band: bandOf(quotes.bid[i]!, quotes.ask[i]!, { moneyness, shift: isCall ? 0 : 1 - moneyness }),
    isOwnSide: isCall === moneyness >= 1,
    volatility: volatility > 0 && volatility < Infinity ? volatility : NaN,
  };
}

/** What one quote allows a call to cost; null without a quote, or with one that contradicts itself. */
function bandOf(bid: number, ask: number, { moneyness, shift }: { moneyness: number; shift: number }): Band | null {
  const hasBid = bid > 0;
  const hasAsk = ask > 0;
  if ((!hasBid && !hasAsk) || bid > ask) return null;
  const intrinsic = Math.max(0, 1 - moneyness);
  return { low: hasBid ? Math.max(intrinsic, bid + shift) : intrinsic, high: hasAsk ? Math.max(intrinsic, Math.min(1, ask + shift)) : 1 };
}

function markBand(deviation: number, moneyness: number): Band {
  const price = blackPrice(true, 1, moneyness, deviation, 1);
  return { low: price, high: price };
}

/** Both bands at once; 'apart' where they do not meet. */
function joined(left: Band | null, right: Band | null): Band | 'apart' | null {
  if (left === null || right === null) return left ?? right;
  const low = Math.max(left.low, right.low);
  const high = Math.min(left.high, right.high);
  return low > high ? 'apart' : { low, high };
}

function merged(left: Strike, right: Strike, band: Band | 'apart' | null): Strike {
  const [own, other] = left.isOwnSide ? [left, right] : [right, left];
  return {
    band: band === 'apart' ? own.band : band,
    isOwnSide: own.isOwnSide,
    volatility: Number.isNaN(own.volatility) ? other.volatility : own.volatility,
  };
}
