import type { MarketRecords } from './market-records.ts';

/*
 * A law of price impact: the price of a market as a function of what has been sold into it since the shock, Q, above zero for sales. Q and
 * every sale are in units of the asset; `reserve` is what a constant product of the same depth would hold now, so reserve − Q is its depth
 * at Q = 0, R. A law depends on Q / R alone: a sale in two parts moves the price as far as in one.
 */

/** What a law needs to know of each market, by market. Unused columns are empty. */
export type LawParameters = {
  /** Depth D or daily volume V, in reserves R. */
  readonly scale: Float64Array;
  /** Peak impact of a sale as large as the scale: Y σ. */
  readonly coefficient: Float64Array;
  /** What is recorded of the markets; absent for laws that do not follow records. */
  readonly records?: MarketRecords;
};

/** A law as two shares of the price before a sale of `sold` (buying negative, at least −0.9 reserves). Both are 1 at zero and fall as the sale grows. */
export type PriceLaw = {
  /** Mean price of the sale over the price before it. */
  readonly averageShare: (parameters: LawParameters, market: number, reserve: number, position: number, sold: number) => number;
  /** Price after the sale over the price before it. */
  readonly marginalShare: (parameters: LawParameters, market: number, reserve: number, position: number, sold: number) => number;
};

/** Parameters of a law that has none. */
export const NO_PARAMETERS: LawParameters = { scale: new Float64Array(0), coefficient: new Float64Array(0) };
