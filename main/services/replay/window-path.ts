import type { RecordedSeries, RecordedWindow } from '../../domain/recorded-window.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { ReplayPath } from '../../engine/replay/replay-path.ts';
import { commonMove } from '../../engine/scenario/history-moves.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import type { PackResult } from '../pack.ts';

const MINUTE_MS = 60_000;
/** Bars for which a missing price is carried on; after that it is in doubt. */
const MOST_CARRIED = 3;

/** Closes, or the worst prices within each bar: everything at its low, or everything at its high. */
export type Side = 'close' | 'low' | 'high';

/** A window as prices of a book's own assets. Rows are bars; nothing in a row depends on a later bar. */
export type WindowPath = {
  readonly basis: 'moves' | 'levels';
  /** Ids and indexes of the assets that are set, in the order of the columns. */
  readonly assetIds: readonly string[];
  readonly path: Readonly<Record<Side, ReplayPath>>;
  /** By bar: move of the common axis since the book's own prices, at the closes, lows and highs. */
  readonly commonMove: Readonly<Record<Side, Float64Array>>;
  /** End of each bar, ms since 1970. */
  readonly endMs: Float64Array;
  /** By column and bar (row-major by column): 1 where the price is recorded and not carried too long. */
  readonly isFresh: readonly Uint8Array[];
  readonly isRecorded: readonly boolean[];
};

/** What a path is made from besides the window: signed look-through value by asset says which way doubt goes. */
export type PathInputs = {
  readonly inputs: AnalysisInputs;
  readonly pack: PackResult;
  readonly netUsd: ReadonlyMap<string, number>;
};

type Column = {
  readonly id: string;
  readonly isStable: boolean;
  readonly values: Readonly<Record<Side, Float64Array>>;
  readonly isFresh: Uint8Array;
  readonly isRecorded: boolean;
};

/**
 * Prices of the book's assets through a window. A window that holds the snapshot's instant is read in levels: recorded prices stand as they
 * are. Any other is read in moves: the book's own prices, moved as the recorded ones have since the window's first close. Dollar coins are
 * always read in levels. A base asset without bars moves with whichever recorded one is worse for the book. null: no driver is recorded.
 */
export function windowPath(window: RecordedWindow, { inputs, pack, netUsd }: PathInputs): WindowPath | null {
  const { snapshot, contents } = inputs;
  const basis = holdsInstant(window, snapshot.asOf) ? 'levels' : 'moves';
  const series = new Map(window.series.map((each) => [each.assetId, each]));
  const recorded = contents.assets.flatMap((asset): Column[] => {
    const own = series.get(asset.id);
    if (own === undefined || (asset.kind !== 'base' && asset.kind !== 'stable')) return [];
    const isStable = asset.kind === 'stable';
    const price = pack.packed.initial.priceUsd[pack.assetIndex.get(asset.id) ?? -1] ?? NaN;
    const scale = basis === 'levels' || isStable ? 1 : price / (own.close.find((close) => close !== null) ?? NaN);
    const isOwned = (netUsd.get(asset.id) ?? 0) >= 0;
    return [{ id: asset.id, isStable, ...columnOf(own, { scale, isStable, isOwned }), isRecorded: true }];
  });
  const bases = recorded.filter((column) => !column.isStable);
  if (!bases.some((column) => pack.driverIds.includes(column.id))) return null;
  const followers = contents.assets.flatMap((asset) =>
    asset.kind === 'base' && !series.has(asset.id) ? [follower(asset.id, bases, { pack, owned: netUsd.get(asset.id) ?? 0 })] : [],
  );
  return assemble([...recorded, ...followers], basis, { window, inputs, pack });
}

function holdsInstant(window: RecordedWindow, asOf: Snapshot['asOf']): boolean {
  const ms = Date.parse(asOf) - Date.parse(window.startsAt);
  return ms >= 0 && ms <= window.bars * window.intervalMinutes * MINUTE_MS;
}

/**
 * One asset's columns. A missing bar carries the last close. A base asset missing for longer than that has lows of zero where the book owns
 * it, and stays at its last close where it owes it; the extremes of a dollar coin are both the one that hurts.
 */
function columnOf(
  own: RecordedSeries,
  { scale, isStable, isOwned }: { readonly scale: number; readonly isStable: boolean; readonly isOwned: boolean },
): Pick<Column, 'values' | 'isFresh'> {
  const bars = own.close.length;
  const values = { close: new Float64Array(bars), low: new Float64Array(bars), high: new Float64Array(bars) };
  const isFresh = new Uint8Array(bars);
  let last = NaN;
  let age = MOST_CARRIED + 1;
  for (let bar = 0; bar < bars; bar += 1) {
    const close = own.close[bar] ?? null;
    age = close === null ? age + 1 : 0;
    last = close === null ? last : close * scale;
    const isGone = age > MOST_CARRIED && isOwned && !isStable && !Number.isNaN(last);
    const low = close === null ? (isGone ? 0 : last) : (own.low[bar] ?? close) * scale;
    const high = close === null ? last : (own.high[bar] ?? close) * scale;
    values.close[bar] = last;
    values.low[bar] = isStable && !isOwned ? high : low;
    values.high[bar] = isStable && isOwned ? low : high;
    isFresh[bar] = age <= MOST_CARRIED ? 1 : 0;
  }
  return { values, isFresh };
}

/** An asset without bars: its own price, moved by the worst of the recorded ones for whoever owns it, the best for whoever owes it. */
function follower(id: string, bases: readonly Column[], { pack, owned }: { pack: PackResult; owned: number }): Column {
  const priceOf = (asset: string): number => pack.packed.initial.priceUsd[pack.assetIndex.get(asset) ?? -1] ?? NaN;
  const bars = bases[0]?.isFresh.length ?? 0;
  const along = (side: Side): Float64Array =>
    Float64Array.from({ length: bars }, (_, bar) => {
      const moves = bases.map((base) => (base.values[side][bar] ?? NaN) / priceOf(base.id)).filter((move) => !Number.isNaN(move));
      return priceOf(id) * (owned >= 0 ? Math.min(...moves) : Math.max(...moves));
    });
  const values = { close: along('close'), low: along('low'), high: along('high') };
  return { id, isStable: false, values, isFresh: new Uint8Array(bars), isRecorded: false };
}

function assemble(
  columns: readonly Column[],
  basis: WindowPath['basis'],
  { window, inputs, pack }: { window: RecordedWindow; inputs: AnalysisInputs; pack: PackResult },
): WindowPath {
  const { bars } = window;
  const sides: readonly Side[] = ['close', 'low', 'high'];
  const betas = Float64Array.from(pack.driverIds, (id) => inputs.scenarioSet.betas[id] ?? 0);
  const assets = Int32Array.from(columns, (column) => pack.assetIndex.get(column.id) ?? -1);
  const common = (side: Side): Float64Array =>
    Float64Array.from({ length: bars }, (_, bar) => {
      const moves = Float64Array.from(pack.driverIds, (id, d) => {
        const price = columns.find((column) => column.id === id)?.values[side][bar] ?? NaN;
        return Number.isNaN(price) ? 0 : price / (pack.packed.initial.priceUsd[pack.packed.drivers[d] ?? -1] ?? NaN) - 1;
      });
      return commonMove(betas, moves);
    });
  const moves = { close: common('close'), low: common('low'), high: common('high') };
  const pathOf = (side: Side): ReplayPath => ({
    assets,
    priceUsd: Float64Array.from({ length: bars * columns.length }, (_, i) => {
      return columns[i % columns.length]?.values[side][Math.floor(i / columns.length)] ?? NaN;
    }),
    volatilityShift: moves[side].map((move) => Math.max(0, inputs.scenarioSet.volatilityPerMove * move)),
  });
  const intervalMs = window.intervalMinutes * MINUTE_MS;
  return {
    basis,
    assetIds: columns.map((column) => column.id),
    path: Object.fromEntries(sides.map((side) => [side, pathOf(side)])) as WindowPath['path'],
    commonMove: moves,
    endMs: Float64Array.from({ length: bars }, (_, bar) => Date.parse(window.startsAt) + (bar + 1) * intervalMs),
    isFresh: columns.map((column) => column.isFresh),
    isRecorded: columns.map((column) => column.isRecorded),
  };
}
