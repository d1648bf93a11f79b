import type { AssetQuote, Snapshot } from '../domain/snapshot.ts';
import type { OptionChain } from './option-chain.ts';
import type { PriceBar } from './price-bars.ts';

const DAY_MS = 86_400_000;
/** A snapshot this close to a chain is the same look at the market. */
const SAME_LOOK_MS = 5 * 60_000;

/** A snapshot as of an instant with nothing in it. */
export function emptySnapshot(about: { id: string; name: string; asOf: string; source: string }): Snapshot {
  return {
    ...about,
    quotes: [],
    listings: [],
    depth: [],
    funding: [],
    reserves: [],
    crowd: [],
    history: [],
    dayBefore: [],
    assumptions: [],
  };
}

/**
 * The snapshot an option chain makes. One within five minutes of the chain is extended: its options at the same venue and the
 * quotes of the chain's currencies are replaced. Otherwise a new one is made that takes over from the former what is not newer
 * than the chain; quotes keep their own age, so what has grown old is seen to be old.
 */
export function snapshotWithChain(base: Snapshot | null, chain: OptionChain, fileName: string): Snapshot {
  const asOf = chain.listings.reduce((latest, listing) => (listing.asOf > latest ? listing.asOf : latest), chain.listings[0]?.asOf ?? '');
  const isSameLook = base !== null && Math.abs(Date.parse(base.asOf) - Date.parse(asOf)) <= SAME_LOOK_MS;
  const start =
    base !== null && isSameLook
      ? base
      : {
          ...(base ?? emptySnapshot({ id: '', name: '', asOf, source: '' })),
          id: `deribit-${asOf.slice(0, 16)}`,
          name: `Deribit options ${asOf.slice(0, 16).replace('T', ' ')}`,
          asOf,
          source: fileName,
        };
  const latest = Date.parse(asOf) + SAME_LOOK_MS;
  const isCarried = (row: { readonly asOf: string }): boolean => isSameLook || Date.parse(row.asOf) <= latest;
  const fresh = new Set(chain.quotes.map((quote) => quote.assetId));
  return {
    ...start,
    quotes: [...chain.quotes, ...start.quotes.filter((quote) => !fresh.has(quote.assetId) && isCarried(quote))],
    listings: [
      ...chain.listings,
      ...start.listings.filter((row) => !(row.instrument.kind === 'option' && row.instrument.venueId === 'deribit') && isCarried(row)),
    ],
    funding: start.funding.filter(isCarried),
    history: start.history.filter((row) => row.day < asOf.slice(0, 10)),
    dayBefore: isSameLook ? start.dayBefore : [],
  };
}

/**
 * The snapshot that price bars make or extend. Daily closes before the snapshot go into its history; the last close at or before
 * it, at most a day old, becomes the quote of an asset that has none, and the one a day earlier its price of the day before.
 * Only spot bars are used; their quote currency stands for dollars, which is listed as assumed.
 */
export function snapshotWithBars(base: Snapshot | null, bars: readonly PriceBar[], fileName: string): Snapshot {
  const spot = bars.filter((bar) => bar.venue.includes('spot'));
  const lastMs = spot.reduce((latest, bar) => Math.max(latest, bar.endMs), 0);
  const lastAt = instantOf(lastMs);
  const start =
    base ??
    emptySnapshot({
      id: `bars-${lastAt.slice(0, 16)}`,
      name: `Prices ${lastAt.slice(0, 16).replace('T', ' ')}`,
      asOf: lastAt,
      source: fileName,
    });
  const asOfMs = Date.parse(start.asOf);
  const now = lastBars(spot, asOfMs);
  const before = lastBars(spot, asOfMs - DAY_MS);
  const quoted = new Set(start.quotes.map((quote) => quote.assetId));
  const known = new Set(start.dayBefore.map((row) => row.assetId));
  const quotes = [...now.values()].filter((bar) => !quoted.has(bar.assetId)).map((bar) => quoteOf(bar, fileName));
  const dayBefore = [...before.values()]
    .filter((bar) => !known.has(bar.assetId))
    .map((bar) => ({ assetId: bar.assetId, priceUsd: bar.close, source: `${bar.symbol} close in ${fileName}` }));
  const assumption = { id: 'dollar-quotes', text: 'Closes quoted in dollar coins are taken as dollars', value: '1', source: fileName };
  return {
    ...start,
    quotes: [...start.quotes, ...quotes],
    dayBefore: [...start.dayBefore, ...dayBefore],
    history: withCloses(start.history, spot, start.asOf.slice(0, 10)),
    assumptions: [...start.assumptions.filter((row) => row.id !== assumption.id), assumption],
  };
}

/** By asset, the bar that ends last at or before an instant, at most a day before it. */
function lastBars(bars: readonly PriceBar[], atMs: number): Map<string, PriceBar> {
  const last = new Map<string, PriceBar>();
  for (const bar of bars) {
    if (bar.endMs > atMs || bar.endMs <= atMs - DAY_MS) continue;
    const known = last.get(bar.assetId);
    if (!known || bar.endMs > known.endMs) last.set(bar.assetId, bar);
  }
  return last;
}

/** Adds the close of each full day; a bar is the day's last when it ends at midnight. */
function withCloses(history: Snapshot['history'], bars: readonly PriceBar[], beforeDay: string): Snapshot['history'] {
  const days = new Map(history.map((row) => [row.day, { ...row.closeUsd }]));
  for (const bar of bars) {
    if (bar.endMs % DAY_MS !== 0) continue;
    const day = instantOf(bar.endMs - DAY_MS).slice(0, 10);
    if (day >= beforeDay) continue;
    const closes = days.get(day) ?? {};
    closes[bar.assetId] = bar.close;
    days.set(day, closes);
  }
  return [...days.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, closeUsd]) => ({ day, closeUsd }));
}

function quoteOf(bar: PriceBar, fileName: string): AssetQuote {
  return {
    assetId: bar.assetId,
    priceUsd: bar.close,
    source: `${bar.symbol} close in ${fileName}`,
    asOf: instantOf(bar.endMs),
    intervalMs: bar.intervalMs,
  };
}

function instantOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
