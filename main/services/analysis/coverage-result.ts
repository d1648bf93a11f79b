import type { AnalysisResult } from '../../contract/analysis.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
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
    // What has no price has no value to weigh by, so the share is of positions where any is missing.
    pricedFraction: rows.length === 0 ? 1 : (rows.length - unpriced.length) / rows.length,
    unpriced,
    stale: rows.flatMap(({ covered, positionId }) =>
      covered.isStale ? [{ positionId, ageMs: covered.ageMs, limitMs: covered.limitMs ?? 0 }] : [],
    ),
    sources: sources(inputs.snapshot),
  };
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
