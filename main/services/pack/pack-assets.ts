import type { Asset } from '../../domain/asset.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { AssetQuote, DepthPool, Snapshot } from '../../domain/snapshot.ts';
import { instantToMs } from '../../domain/time.ts';
import { analyseBacking, lookThrough, type BackingAnalysis, type BackingGraph } from '../../engine/collateral/look-through.ts';
import { strongComponents } from '../../engine/collateral/strong-components.ts';
import { refreshClaimPrices } from '../../engine/packed/claim-prices.ts';
import { ASSET_KIND, type MarketState, type PackedAssets, type PackedDepth, type SparseRows } from '../../engine/packed/packed-book.ts';
import { packRecords, type RecordedMarket } from './pack-records.ts';

/** Where the price of an asset or position comes from, how old it is against the snapshot, and why there is none. */
export type PriceCoverage = {
  readonly unpricedReason: string | null;
  readonly source: string;
  readonly asOf: string;
  readonly ageMs: number;
  readonly limitMs: number | null;
  readonly isStale: boolean;
};

/** Assets, markets and the state at the snapshot, with what packing found out about them. */
export type AssetPack = {
  readonly assets: PackedAssets;
  readonly depth: PackedDepth;
  readonly initial: MarketState;
  readonly index: ReadonlyMap<string, number>;
  readonly coverage: readonly PriceCoverage[];
  /** Backing value / quoted price where a claim is quoted above its backing: it is then valued at its backing. */
  readonly underBacked: readonly { readonly assetId: string; readonly backingRatio: number }[];
};

/** Packs assets, their prices and their markets. `markets` are the isolated markets' keys in index order. */
export function packAssets(list: readonly Asset[], snapshot: Snapshot, markets: ReadonlyMap<string, number>): Result<AssetPack> {
  const index = new Map(list.map((asset, i) => [asset.id, i]));
  const backing = backingRows(list, index);
  if (!backing.ok) return backing;
  const { graph, nodes } = claimGraph(list, backing.value);
  const analysis = analyseBacking(graph);
  if (analysis.circular.length > 0) {
    const members = analysis.circular.map((claim) => list[nodes[claim] ?? 0]?.id).join(', ');
    return fail('circular', `${members} back each other with a loop gain at or above one, so they have no finite value`, {
      remedy: 'Correct the backing of one of them.',
    });
  }
  const quotes = new Map(snapshot.quotes.map((quote) => [quote.assetId, quote]));
  const depth = packDepth(snapshot.depth, list, index);
  const { assets, initial } = emptyColumns(list, backing.value, { analysis, nodes, markets, depth });
  const quoted = { list, quotes, assets };
  const underBacked = priceAssets(quoted, initial);
  const lookThroughUnits = unitLookThrough(graph, analysis, { nodes, state: initial, count: list.length });
  const coverage = coverAssets(quoted, snapshot);
  return succeed({ assets: { ...assets, lookThroughUnits }, depth, initial, index, coverage, underBacked });
}

function backingRows(list: readonly Asset[], index: ReadonlyMap<string, number>): Result<SparseRows> {
  const start = new Int32Array(list.length + 1);
  const target: number[] = [];
  const weight: number[] = [];
  for (const [i, asset] of list.entries()) {
    const isClaim = asset.kind !== 'base' && asset.kind !== 'stable';
    for (const row of isClaim ? asset.backing : []) {
      const to = index.get(row.assetId);
      if (to === undefined)
        return fail('invalidValue', `asset ${asset.id} is backed by ${row.assetId}, which is not in the book`, {
          remedy: `Add the asset ${row.assetId}.`,
        });
      target.push(to);
      weight.push(Number(row.quantityPerUnit));
    }
    start[i + 1] = target.length;
  }
  return succeed({ start, target: Int32Array.from(target), weight: Float64Array.from(weight) });
}

/** Claims first, then the rest; weights are units per unit, whose loop gain equals that of value shares. */
function claimGraph(list: readonly Asset[], backing: SparseRows): { graph: BackingGraph; nodes: readonly number[] } {
  const isClaim = (i: number): boolean => (backing.start[i + 1] ?? 0) > (backing.start[i] ?? 0);
  const claims = list.flatMap((_, i) => (isClaim(i) ? [i] : []));
  const nodes = [...claims, ...list.flatMap((_, i) => (isClaim(i) ? [] : [i]))];
  const place = new Map(nodes.map((node, i) => [node, i]));
  const start = new Int32Array(claims.length + 1);
  const target: number[] = [];
  const weight: number[] = [];
  claims.forEach((claim, i) => {
    for (let e = backing.start[claim] ?? 0; e < (backing.start[claim + 1] ?? 0); e += 1) {
      target.push(place.get(backing.target[e] ?? 0) ?? 0);
      weight.push(backing.weight[e] ?? 0);
    }
    start[i + 1] = target.length;
  });
  return {
    graph: {
      claims: claims.length,
      bases: nodes.length - claims.length,
      start,
      target: Int32Array.from(target),
      weight: Float64Array.from(weight),
    },
    nodes,
  };
}

/** One market per asset: reserves of the pools with the first pool's quote are added up; the fee is their largest. */
function packDepth(pools: readonly DepthPool[], list: readonly Asset[], index: ReadonlyMap<string, number>): PackedDepth {
  const merged = new Map<number, RecordedMarket & { readonly quote: number; readonly fee: number }>();
  for (const pool of pools) {
    const asset = index.get(pool.assetId);
    if (asset === undefined || !(pool.reserveQuantity > 0)) continue;
    const quoted = index.get(pool.quoteAssetId);
    const quote = quoted === undefined || list[quoted]?.kind === 'stable' ? -1 : quoted;
    const known = merged.get(asset);
    if (known !== undefined && known.quote !== quote) continue;
    merged.set(asset, {
      quote,
      reserve: (known?.reserve ?? 0) + pool.reserveQuantity,
      fee: Math.max(known?.fee ?? 0, pool.feeFraction),
      record: known === undefined ? pool.record : undefined,
    });
  }
  const rows = [...merged].toSorted(([left], [right]) => left - right);
  return {
    count: rows.length,
    asset: Int32Array.from(rows, ([asset]) => asset),
    quote: Int32Array.from(rows, ([, row]) => row.quote),
    reserveQuantity: Float64Array.from(rows, ([, row]) => row.reserve),
    feeFraction: Float64Array.from(rows, ([, row]) => row.fee),
    records: packRecords(rows.map(([, row]) => row)),
  };
}

type Context = {
  readonly analysis: BackingAnalysis;
  readonly nodes: readonly number[];
  readonly markets: ReadonlyMap<string, number>;
  readonly depth: PackedDepth;
};

function emptyColumns(
  list: readonly Asset[],
  backing: SparseRows,
  { analysis, nodes, markets, depth }: Context,
): { assets: PackedAssets; initial: MarketState } {
  const n = list.length;
  const pool = new Int32Array(n).fill(-1);
  depth.asset.forEach((asset, i) => {
    pool[asset] = i;
  });
  return {
    assets: {
      count: n,
      kind: Uint8Array.from(list, (asset, i) =>
        backing.start[i] === backing.start[i + 1] && asset.kind !== 'base' ? ASSET_KIND.stable : ASSET_KIND[asset.kind],
      ),
      isUnpriced: new Uint8Array(n),
      backing,
      claimOrder: Int32Array.from(analysis.components.order, (claim) => nodes[claim] ?? 0),
      componentStart: analysis.components.start,
      market: Int32Array.from(list, (asset) => (asset.marketId === null ? -1 : (markets.get(asset.marketId) ?? -1))),
      pool,
      saleOrder: saleOrder(n, backing, depth),
      lookThroughUnits: new Float64Array(0),
    },
    initial: {
      priceUsd: new Float64Array(n),
      discountFraction: new Float64Array(n),
      lossFraction: new Float64Array(n),
      volatilityShift: 0,
    },
  };
}

/** Assets so that each stands before what its sale may turn into: the asset received in its market, or its backing. */
function saleOrder(count: number, backing: SparseRows, depth: PackedDepth): Int32Array {
  const quoteOf = new Map(Array.from(depth.asset, (asset, i) => [asset, depth.quote[i] ?? -1]));
  const start = new Int32Array(count + 1);
  const target: number[] = [];
  for (let asset = 0; asset < count; asset += 1) {
    const quote = quoteOf.get(asset);
    if (quote === undefined)
      for (let e = backing.start[asset] ?? 0; e < (backing.start[asset + 1] ?? 0); e += 1) target.push(backing.target[e] ?? 0);
    else if (quote >= 0) target.push(quote);
    start[asset + 1] = target.length;
  }
  return strongComponents(count, start, Int32Array.from(target)).order.reverse();
}

type QuotedAssets = {
  readonly list: readonly Asset[];
  readonly quotes: ReadonlyMap<string, AssetQuote>;
  readonly assets: PackedAssets;
};

/**
 * Prices base and stable assets by their quotes and claims by their backing; a quote below the backing is a discount, one
 * above is not believed. Loops of claims are priced by backing alone.
 */
function priceAssets({ list, quotes, assets }: QuotedAssets, state: MarketState): AssetPack['underBacked'] {
  const underBacked: { assetId: string; backingRatio: number }[] = [];
  const isClaim = (i: number): boolean => (assets.backing.start[i + 1] ?? 0) > (assets.backing.start[i] ?? 0);
  list.forEach((asset, i) => {
    const quote = quotes.get(asset.id);
    if (isClaim(i)) return;
    state.priceUsd[i] = quote?.priceUsd ?? 0;
    assets.isUnpriced[i] = quote === undefined ? 1 : 0;
    if (asset.kind !== 'base' && asset.kind !== 'stable' && quote !== undefined) underBacked.push({ assetId: asset.id, backingRatio: 0 });
  });
  for (let c = 0; c + 1 < assets.componentStart.length; c += 1) {
    refreshClaimPrices(assets, state);
    const from = assets.componentStart[c] ?? 0;
    if ((assets.componentStart[c + 1] ?? 0) - from > 1) continue;
    const claim = assets.claimOrder[from] ?? 0;
    const quote = quotes.get(list[claim]?.id ?? '');
    const backingUsd = state.priceUsd[claim] ?? 0;
    assets.isUnpriced[claim] = quote === undefined && !(backingUsd > 0) ? 1 : 0;
    if (quote === undefined || !(backingUsd > 0)) continue;
    state.discountFraction[claim] = Math.max(0, 1 - quote.priceUsd / backingUsd);
    if (quote.priceUsd > backingUsd * (1 + 1e-9))
      underBacked.push({ assetId: list[claim]?.id ?? '', backingRatio: backingUsd / quote.priceUsd });
  }
  refreshClaimPrices(assets, state);
  return underBacked;
}

/** Units of each asset without backing per unit of every asset, after discounts and losses: how prices pass through. */
function unitLookThrough(
  graph: BackingGraph,
  analysis: BackingAnalysis,
  at: { nodes: readonly number[]; state: MarketState; count: number },
): Float64Array {
  const { nodes, state, count } = at;
  const kept = (node: number): number => (1 - (state.discountFraction[node] ?? 0)) * (1 - (state.lossFraction[node] ?? 0));
  const weight = Float64Array.from(graph.weight);
  for (let claim = 0; claim < graph.claims; claim += 1) {
    for (let e = graph.start[claim] ?? 0; e < (graph.start[claim + 1] ?? 0); e += 1) weight[e] = (weight[e] ?? 0) * kept(nodes[claim] ?? 0);
  }
  const units = new Float64Array(count * count);
  nodes.forEach((node, place) => {
    const holdings = new Float64Array(nodes.length);
    holdings[place] = 1;
    const found = lookThrough({ ...graph, weight }, analysis, holdings);
    found?.baseExposure.forEach((value, base) => {
      units[node * count + (nodes[graph.claims + base] ?? 0)] = value;
    });
  });
  return units;
}

/** Source and age of each price; a claim without a quote is as old as the oldest thing that backs it. */
function coverAssets({ list, quotes, assets }: QuotedAssets, snapshot: Snapshot): PriceCoverage[] {
  const now = instantToMs(snapshot.asOf);
  const coverage: PriceCoverage[] = list.map((asset) => {
    const quote = quotes.get(asset.id);
    if (quote === undefined)
      return { unpricedReason: `no quote for ${asset.id}`, source: 'none', asOf: snapshot.asOf, ageMs: 0, limitMs: null, isStale: false };
    const ageMs = Math.max(0, now - instantToMs(quote.asOf));
    const isStale = quote.intervalMs !== null && ageMs > quote.intervalMs;
    return { unpricedReason: null, source: quote.source, asOf: quote.asOf, ageMs, limitMs: quote.intervalMs, isStale };
  });
  for (const claim of assets.claimOrder) {
    if (quotes.has(list[claim]?.id ?? '')) continue;
    const parts: PriceCoverage[] = [];
    for (let e = assets.backing.start[claim] ?? 0; e < (assets.backing.start[claim + 1] ?? 0); e += 1) {
      const part = coverage[assets.backing.target[e] ?? 0];
      if (part !== undefined) parts.push(part);
    }
    const oldest = parts.toSorted((left, right) => Number(right.isStale) - Number(left.isStale) || right.ageMs - left.ageMs)[0];
    const missing = parts.find((part) => part.unpricedReason !== null);
    if (oldest !== undefined)
      coverage[claim] = { ...oldest, source: `its backing (${oldest.source})`, unpricedReason: missing?.unpricedReason ?? null };
  }
  return coverage;
}
