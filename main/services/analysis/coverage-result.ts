import type { AnalysisResult } from '../../contract/analysis.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { instantToMs } from '../../domain/time.ts';
import type { EngineRun } from './engine-run.ts';

/** What share of the book has a price, how old prices are, and where they come from. */
export function coverageResult(run: EngineRun): AnalysisResult['coverage'] {
  const { pack, values, inputs } = run;
  const rows = pack.coverage.map((covered, p) => ({
    covered,
    positionId: pack.positionIds[p] ?? '',
    grossUsd: values.positions.grossUsd[p] ?? 0,
  }));
  const unpriced = rows.flatMap(({ covered, positionId }) =>
    covered.unpricedReason === null ? [] : [{ positionId, reason: covered.unpricedReason }],
  );
  const grossUsd = sumAccurate(values.positions.grossUsd);
  return {
    positions: rows.length,
    priced: rows.length - unpriced.length,
    grossUsd,
    pricedFraction: pricedFraction(run, grossUsd),
    unpriced,
    stale: rows.flatMap(({ covered, positionId }) =>
      covered.isStale ? [{ positionId, ageMs: covered.ageMs, limitMs: covered.limitMs ?? 0 }] : [],
    ),
    sources: sources(inputs.snapshot),
  };
}

/**
 * Share of the gross value that has a price. A position without one is weighed at its entry price, and where that is not known
 * either, like the average position that has a price: it must not look as if nothing were missing.
 */
function pricedFraction({ pack, inputs }: EngineRun, grossUsd: number): number {
  const unpriced = pack.coverage.flatMap((covered, p) => (covered.unpricedReason === null ? [] : [p]));
  if (unpriced.length === 0) return 1;
  const priced = pack.coverage.length - unpriced.length;
  if (priced === 0 || grossUsd === 0) return 0;
  const entries = new Map(inputs.contents.positions.map((position) => [position.id, position.entryPrice]));
  const { positions, initial } = pack.packed;
  const missing = unpriced.map((p) => {
    const size = Math.abs(positions.quantity[p] ?? 0) * (positions.contractSize[p] ?? 1);
    const kind = positions.kind[p];
    if (kind === POSITION_KIND.inverseFuture) return size;
    const coinUsd = kind === POSITION_KIND.inverseOption ? (initial.priceUsd[positions.asset[p] ?? 0] ?? 0) : 1;
    return size * Number(entries.get(pack.positionIds[p] ?? '') ?? 0) * coinUsd || grossUsd / priced;
  });
  return grossUsd / (grossUsd + sumAccurate(Float64Array.from(missing)));
}

/** Sources of the snapshot with the age of their newest quote and the number of quotes. */
function sources(snapshot: EngineRun['inputs']['snapshot']): AnalysisResult['coverage']['sources'] {
  const now = instantToMs(snapshot.asOf);
  const found = new Map<string, AnalysisResult['coverage']['sources'][number]>();
  const add = (source: string, asOf: string, intervalMs: number | null): void => {
    const known = found.get(source);
    const newest = known === undefined || asOf > known.asOf ? asOf : known.asOf;
    found.set(source, {
      source,
      asOf: newest,
      ageMs: Math.max(0, now - instantToMs(newest)),
      intervalMs: known?.intervalMs ?? intervalMs,
      quotes: (known?.quotes ?? 0) + 1,
    });
  };
  for (const quote of snapshot.quotes) add(quote.source, quote.asOf, quote.intervalMs);
  for (const listing of snapshot.listings)
    add(listing.instrument.kind === 'option' ? 'Option chain' : 'Futures and perpetuals', listing.asOf, null);
  return [...found.values()].toSorted((left, right) => (left.source < right.source ? -1 : 1));
}
