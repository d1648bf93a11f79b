/**
 * What trades in one market cost beyond spread and fee, because the price gives way: a convex, piecewise linear cost of what all legs that
 * trade it in the same direction come to together. USD.
 */
export type MarketImpact = {
  /** Legs of the same market share the curve: one instrument, one direction. */
  readonly market: string;
  /** Where each piece begins, rising from 0. USD. */
  readonly fromUsd: readonly number[];
  /** What a dollar more costs within each piece, rising; the last piece goes on. USD per USD. */
  readonly costPerUsd: readonly number[];
};

/** A candidate as far as its impact is concerned. */
export type TradedCandidate = { readonly notionalUsd: number; readonly impact?: MarketImpact };

/** What the square-root law works with: daily volatility of the price, its factor, and what is traded on a day. USD. */
export type SquareRootTerms = { readonly volatility: number; readonly volumeUsd: number; readonly coefficient: number };

/**
 * Cost of executing a notional under the square-root law: the price has moved by Y σ √(q/V) at size q, two thirds of it on average, so that
 * (2/3) Y σ q √(q/V) is paid. USD, >= 0. Valid where q is no large part of V. Sources: Almgren, Thum, Hauptmann, Li, Direct estimation of
 * equity market impact, 2005; Tóth et al., Anomalous price impact and the critical nature of liquidity, 2011.
 */
export function squareRootImpactUsd(tradedUsd: number, { volatility, volumeUsd, coefficient }: SquareRootTerms): number {
  return (2 / 3) * coefficient * volatility * tradedUsd * Math.sqrt(tradedUsd / volumeUsd);
}

/** Cost of taking a notional from a constant product with a reserve R on each side, to first order in q/R: q²/R. USD. */
export function reserveImpactUsd(tradedUsd: number, reserveUsd: number): number {
  return (tradedUsd * tradedUsd) / reserveUsd;
}

/** Chords of a convex cost that is zero at zero, from knot to knot: equal to it there and above it between, doubt against the trader. */
export function chords(market: string, knotsUsd: readonly number[], costUsd: (tradedUsd: number) => number): MarketImpact {
  const fromUsd = [0, ...knotsUsd.slice(0, -1)];
  const costPerUsd = knotsUsd.map((knot, k) => (costUsd(knot) - costUsd(fromUsd[k]!)) / (knot - fromUsd[k]!));
  return { market, fromUsd, costPerUsd };
}

/** Cost of a notional traded in a market. USD. */
export function impactUsd({ fromUsd, costPerUsd }: MarketImpact, tradedUsd: number): number {
  let costUsd = 0;
  for (let k = 0; k < fromUsd.length && tradedUsd > fromUsd[k]!; k++)
    costUsd += costPerUsd[k]! * (Math.min(tradedUsd, fromUsd[k + 1] ?? Number.POSITIVE_INFINITY) - fromUsd[k]!);
  return costUsd;
}

/**
 * Impact of a plan market by market, shared out to its legs by notional. USD, by leg. A leg taken back (amount below zero) gives back what
 * it would cost.
 */
export function impactsUsd(candidates: readonly TradedCandidate[], amounts: ArrayLike<number>): Float64Array {
  const tradedUsd = new Map<string, number>();
  candidates.forEach(({ impact, notionalUsd }, index) => {
    if (impact === undefined) return;
    tradedUsd.set(impact.market, (tradedUsd.get(impact.market) ?? 0) + Math.abs(amounts[index] ?? 0) * notionalUsd);
  });
  return Float64Array.from(candidates, ({ impact, notionalUsd }, index) => {
    const totalUsd = impact === undefined ? 0 : (tradedUsd.get(impact.market) ?? 0);
    if (impact === undefined || totalUsd === 0) return 0;
    return ((amounts[index] ?? 0) * notionalUsd * impactUsd(impact, totalUsd)) / totalUsd;
  });
}

/** Impact of the first units of a candidate, per unit: what is left of it is priced at the knots of its market. USD. */
export function leastImpactUsd({ impact, notionalUsd }: TradedCandidate): number {
  return (impact?.costPerUsd[0] ?? 0) * notionalUsd;
}

/** Most that a unit of a candidate can cost in impact, whatever else is traded: what cash, budget and requirements are charged. USD. */
export function mostImpactUsd({ impact, notionalUsd }: TradedCandidate): number {
  return (impact?.costPerUsd.at(-1) ?? 0) * notionalUsd;
}

/** A bound that may be passed at a price: from a market's knot on, every dollar costs more by the rise of the slope. */
export type ImpactKnot = { readonly leastUsd: number; readonly perUnitUsd: Float64Array; readonly price: number };

/**
 * The convex cost of each market as linear programs write it: the first slope is a cost of the decisions ({@link leastImpactUsd}), and each
 * further knot that can be reached a bound on what is traded there, passed at `costWeight` × the rise of the slope.
 */
export function impactKnots(
  candidates: readonly (TradedCandidate & { readonly upper: number })[],
  costWeight: number,
): readonly ImpactKnot[] {
  const markets = new Map(candidates.flatMap(({ impact }) => (impact === undefined ? [] : [[impact.market, impact] as const])));
  return [...markets.values()].flatMap(({ market, fromUsd, costPerUsd }) => {
    const perUnitUsd = Float64Array.from(candidates, (each) => (each.impact?.market === market ? -each.notionalUsd : 0));
    const mostUsd = candidates.reduce((sum, { upper }, index) => sum - upper * perUnitUsd[index]!, 0);
    return fromUsd.flatMap((knotUsd, k) => {
      const rise = k === 0 ? 0 : costPerUsd[k]! - costPerUsd[k - 1]!;
      return rise > 0 && mostUsd > knotUsd ? [{ leastUsd: -knotUsd, perUnitUsd, price: costWeight * rise }] : [];
    });
  });
}
