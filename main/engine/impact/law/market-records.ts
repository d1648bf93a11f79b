/*
 * Markets known level by level. A record is a chain of knots over Q / R, what has been sold since the shock over the market's depth
 * (bought: below zero). v = √(p₀ / p) is linear between two knots: that is what constant liquidity between two prices does, in a tick pool
 * as between two levels of an order book, and it is monotone whatever the knots are. Where the knots end the price stays at the last:
 * whoever makes a record puts there what lies beyond it.
 */

/** Codes of `MarketRecords.form`: what a record is made from. */
export const RECORD_FORM = { none: 0, depthCurve: 1, tickPool: 2 } as const;

/** Beyond every record lies a market that pays a thousandth of the price, and asks a thousand times as much. */
export const LEAST_RECORDED_SHARE = 1e-3;

/** Knots of one market: `sold` ascending through 0, in any unit; `value` is v, rising with it. */
export type RecordKnots = {
  readonly sold: readonly number[];
  readonly value: readonly number[];
  /** What the record itself covers, bought (at most zero) and sold. */
  readonly recordedFrom: number;
  readonly recordedTo: number;
};

/** The records of all markets: knots start[m] … start[m + 1] − 1 belong to market m. */
export type MarketRecords = {
  readonly form: Uint8Array;
  readonly start: Int32Array;
  readonly sold: Float64Array;
  readonly value: Float64Array;
  /** What selling up to the knot brings in, in R p₀; below zero what buying costs. */
  readonly proceeds: Float64Array;
  /** By market, in R: what the record covers when bought from (at most zero) and sold into. */
  readonly recordedFrom: Float64Array;
  readonly recordedTo: Float64Array;
};

/** Knots of each market as columns. Quantities are divided by the market's reserve; null = no record. */
export function joinRecords(
  markets: readonly ({ readonly form: number; readonly knots: RecordKnots; readonly reserve: number } | null)[],
): MarketRecords {
  const start = Int32Array.from({ length: markets.length + 1 }, () => 0);
  markets.forEach((market, m) => start.set([start[m]! + (market?.knots.sold.length ?? 0)], m + 1));
  const count = start[markets.length]!;
  const records: MarketRecords = {
    form: Uint8Array.from(markets, (market) => market?.form ?? RECORD_FORM.none),
    start,
    sold: new Float64Array(count),
    value: new Float64Array(count),
    proceeds: new Float64Array(count),
    recordedFrom: Float64Array.from(markets, (market) => (market === null ? 0 : market.knots.recordedFrom / market.reserve)),
    recordedTo: Float64Array.from(markets, (market) => (market === null ? 0 : market.knots.recordedTo / market.reserve)),
  };
  markets.forEach((market, m) => {
    if (market === null) return;
    const [first, { sold, value }] = [start[m]!, market.knots];
    records.sold.set(
      sold.map((each) => each / market.reserve),
      first,
    );
    records.value.set(value, first);
    addProceeds(records, m, first + sold.indexOf(0));
  });
  return records;
}

/** Proceeds counted from the knot at which nothing has been sold: from an end they would drown what lies near the price. */
function addProceeds({ start, sold, value, proceeds }: MarketRecords, market: number, origin: number): void {
  const between = (knot: number): number => stretchProceeds(sold[knot + 1]! - sold[knot]!, value[knot]!, value[knot + 1]!);
  for (let knot = origin; knot < start[market + 1]! - 1; knot += 1) proceeds[knot + 1] = proceeds[knot]! + between(knot);
  for (let knot = origin - 1; knot >= start[market]!; knot -= 1) proceeds[knot] = proceeds[knot + 1]! - between(knot);
}

/**
 * Price over the price at Q = 0 when `sold` (in R) has been sold; 1 at zero. Where a pool has no liquidity two knots meet: the price is
 * still the one of the sale that led there, and jumps with the next coin.
 */
export function recordedShare(records: MarketRecords, market: number, sold: number): number {
  if (sold === 0) return 1;
  return valueAt(records, market, lastKnot(records, market, sold, false), sold) ** -2;
}

/** What selling from `low` up to `high` brings in, in R p₀: the area under the price, exact on every stretch. */
export function recordedProceeds(records: MarketRecords, market: number, low: number, high: number): number {
  const [first, last] = [lastKnot(records, market, low, true), lastKnot(records, market, high, false)];
  const [from, to] = [valueAt(records, market, first, low), valueAt(records, market, last, high)];
  if (first === last) return stretchProceeds(high - low, from, to);
  const next = first + 1;
  return (
    stretchProceeds(records.sold[next]! - low, from, records.value[next]!) +
    (records.proceeds[last]! - records.proceeds[next]!) +
    stretchProceeds(high - records.sold[last]!, records.value[last]!, to)
  );
}

/** Last knot of a market before a point, or at it if that counts; one before the market's first where there is none. */
function lastKnot({ start, sold }: MarketRecords, market: number, at: number, countsSame: boolean): number {
  let low = start[market]!;
  let high = start[market + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sold[middle]! < at || (countsSame && sold[middle] === at)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** v at a point of the stretch that follows a knot; before the first and after the last knot it stays. */
function valueAt({ start, sold, value }: MarketRecords, market: number, knot: number, at: number): number {
  const [first, end] = [start[market]!, start[market + 1]!];
  if (knot < first) return at <= sold[first]! ? value[first]! : NaN;
  if (knot === end - 1) return value[knot]!;
  const share = (at - sold[knot]!) / (sold[knot + 1]! - sold[knot]!);
  return value[knot]! + share * (value[knot + 1]! - value[knot]!);
}

/** Width × mean price of a stretch on which v goes linearly from one value to another: the mean of 1/v² is 1/(a b). */
function stretchProceeds(width: number, from: number, to: number): number {
  return width / (from * to);
}
