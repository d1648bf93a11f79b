import { succeed, type Result } from '../../domain/failure.ts';
import type { PathMarket } from '../../engine/forecast/forecast-chunk.ts';
import type { PathModel } from '../../engine/forecast/price-path.ts';
import { volatilityModel, type PartOfDay } from '../../engine/forecast/volatility-model.ts';
import { ASSET_KIND, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { historyMoves } from '../../engine/scenario/history-moves.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { readCloses } from '../analysis/shock-lists.ts';
import type { Activity } from './activity.ts';
import type { PackResult } from '../pack.ts';
import { basisAssetsOf, basisName, CLAIM_BASIS, STABLE_BASIS } from '../requirement/breach-factors.ts';
import { ratesOf } from '../rule-set/lending-measures.ts';

const DAY_MS = 86_400_000;
/** Less of a day than this says nothing of its volatility. */
const LEAST_PART_OF_DAY = 1 / 24;

/** Everything paths of a book are drawn from, with what a reader must know of it. */
export type BookModel = {
  readonly model: PathModel;
  readonly market: PathMarket;
  /** Drivers first, then bases: volatility of a day, and where it comes from. */
  readonly factors: readonly { readonly id: string; readonly dailyVolatility: number; readonly source: string }[];
  /** Recorded days that can be drawn, the first and the last of them. */
  readonly days: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly partOfDay: PartOfDay | null;
  /** Recorded days that say when within a day moves come; 0 = evenly. */
  readonly activityDays: number;
  /** Debts without a recorded rate, which are taken to cost nothing. */
  readonly withoutRate: readonly string[];
};

/** The seed of the draws, and when within a day moves come. */
export type ModelWish = { readonly seed: number; readonly activity: Activity };

/** The volatility model of a book at its snapshot: drivers from recorded closes and the day under way, bases as stated. */
export function bookModel(inputs: AnalysisInputs, pack: PackResult, { seed, activity }: ModelWish): Result<BookModel> {
  const { scenarioSet, snapshot } = inputs;
  const read = readCloses(inputs, pack.driverIds);
  if (!read.ok) return read;
  const { closes, days } = read.value;
  const drivers = pack.driverIds.length;
  const history = historyMoves(closes, drivers, true, scenarioSet.historyDays);
  const lastDay = days.at(-1) ?? '';
  const partOfDay = dayUnderWay(
    Float64Array.from(pack.packed.drivers, (asset) => pack.packed.initial.priceUsd[asset] ?? NaN),
    closes.subarray(closes.length - drivers),
    { lastDay, asOf: snapshot.asOf },
  );
  const volatility = volatilityModel(history, partOfDay);
  const basisAssets = basisAssetsOf(pack.packed);
  const bases = basisAssets.map((asset) => ({
    id: basisName(pack, asset),
    dailyVolatility: pack.packed.assets.kind[asset] === ASSET_KIND.stable ? STABLE_BASIS : CLAIM_BASIS,
    source: 'stated; independent of the drivers',
  }));
  const withDay = partOfDay === null ? '' : ', with the day under way';
  const interest = debtRates(inputs, pack);
  return succeed({
    model: {
      ...volatility,
      seed,
      basisDailyVolatility: Float64Array.from(bases, (each) => each.dailyVolatility),
      activity: activity.shares,
    },
    market: {
      basisAssets: Int32Array.from(basisAssets),
      betas: Float64Array.from(pack.driverIds, (id) => scenarioSet.betas[id] ?? 0),
      volatilityPerMove: scenarioSet.volatilityPerMove,
      debtRatePerYear: interest.perYear,
    },
    factors: [
      ...pack.driverIds.map((id, d) => ({
        id,
        dailyVolatility: volatility.dailyVolatility[d] ?? 0,
        source: `daily closes of ${snapshot.name}, decay 0.94${withDay}`,
      })),
      ...bases,
    ],
    days: history.days,
    firstDay: days[days.length - history.days] ?? '',
    lastDay,
    partOfDay,
    activityDays: activity.days,
    withoutRate: interest.unknown,
  });
}

/** How far the drivers have come since the last close, where that was yesterday's and enough of today has passed; null otherwise. */
export function dayUnderWay(
  now: Float64Array,
  lastCloses: Float64Array,
  { lastDay, asOf }: { readonly lastDay: string; readonly asOf: string },
): PartOfDay | null {
  const dayFraction = (Date.parse(asOf) - Date.parse(`${lastDay}T00:00:00Z`)) / DAY_MS - 1;
  if (!(dayFraction >= LEAST_PART_OF_DAY && dayFraction <= 1)) return null;
  return { dayFraction, moves: now.map((price, d) => price / (lastCloses[d] ?? NaN) - 1) };
}

/** What each debt costs a year at the rates recorded with the market; none and named where there is no rate. */
function debtRates({ contents, snapshot }: AnalysisInputs, pack: PackResult): { perYear: Float64Array; unknown: string[] } {
  const { positions } = pack.packed;
  const unknown = new Set<string>();
  const perYear = new Float64Array(positions.count);
  for (let p = 0; p < positions.count; p += 1) {
    if (positions.kind[p] !== POSITION_KIND.debt || positions.quantity[p] === 0) continue;
    const account = contents.accounts[positions.account[p] ?? -1];
    const venue = contents.venues.find((each) => each.id === account?.venueId);
    const assetId = pack.assetIds[positions.asset[p] ?? -1] ?? '';
    const rates = account === undefined || venue === undefined ? null : ratesOf({ venue, marketId: account.marketId, snapshot }, assetId);
    if (rates === null) unknown.add(`${assetId} at ${venue?.name ?? ''}`);
    perYear[p] = rates?.borrow ?? 0;
  }
  return { perYear, unknown: [...unknown] };
}
