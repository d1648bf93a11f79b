import type { PackedBook } from '../../packed/packed-book.ts';
import { closeMeasured, makeMeasured, measureRecord, UNCHANGED } from './close-record.ts';
import { addClosed, forgetClosed, makeClosedRecords, type ClosedRecords, type LendingResults } from './closed-records.ts';
import { makePriceBounds, followPrices, restartBounds, type PriceBounds } from './price-bounds.ts';
import type { Ladder } from './ladder.ts';
import { ladderOf } from './shared-ladder.ts';
import { bucketOf, emptyWaitingList, makeWaitingList, takeBucket, waitUntil, type WaitingList } from './waiting-list.ts';

/**
 * How far one cascade has got along a ladder. An entry of the waiting list or among those to be judged again is a place, whose member has not been
 * liquidated, or the number of places + the number of a closed record.
 */
export type Climb = {
  readonly ladder: Ladder;
  readonly closed: ClosedRecords;
  readonly bounds: PriceBounds;
  /** Place of the first member of each stretch that has not been looked at. */
  readonly reached: Int32Array;
  readonly waiting: WaitingList;
  bucket: number;
  /** Whether plain members are liquidated here; otherwise each is the caller's, one by one. */
  isPlain: boolean;
  /** Plain members below their requirement in the running round; `again` lists those that still are after it. */
  fallenCount: number;
  /** How many of them fell for the first time and were liquidated. */
  firstFallenCount: number;
  readonly again: Int32Array;
  againCount: number;
  /** Prices of the running round by number of terms and by kind of debt. */
  readonly collateralPriceUsd: Float64Array;
  readonly debtPriceUsd: Float64Array;
  readonly measured: Float64Array;
  /** Of the running round: what was seized, asset × target in units as `CascadeWorkspace.flow`, and where terms and kinds of debt lie in it; debt repaid. */
  readonly flow: Float64Array;
  readonly flowRow: Int32Array;
  readonly flowColumn: Int32Array;
  repaidUsd: number;
  /** Debt of members that have nothing left, in units: by asset since the start, by isolated market in the running round. */
  readonly unpaid: Float64Array;
  readonly marketUnpaid: Float64Array;
};

/** Health of a borrower now; below 1 it is the caller's, until it hands it back. Infinity takes it off the ladder. */
export type Judge = (borrower: number) => number;

/** What one look at the crowd needs. */
export type Look = {
  readonly priceUsd: Float64Array;
  readonly round: number;
  /** Whether plain members that have fallen are liquidated, or only counted. */
  readonly closes: boolean;
  /** The venues that take part; null = all. */
  readonly activeVenues: Uint8Array | null;
  /** Judges a borrower that is not plain. */
  readonly judge: Judge;
};

/** A climb for cascades over a packed book. */
export function makeClimb(packed: PackedBook): Climb {
  const ladder = ladderOf(packed);
  const places = ladder.order.length;
  const targets = packed.drivers.length + 1;
  return {
    ladder,
    closed: makeClosedRecords(ladder),
    bounds: makePriceBounds(ladder, packed.assets.count),
    reached: ladder.stretchStart.slice(),
    waiting: makeWaitingList(2 * places),
    bucket: 0,
    isPlain: true,
    fallenCount: 0,
    firstFallenCount: 0,
    again: new Int32Array(places),
    againCount: 0,
    collateralPriceUsd: new Float64Array(ladder.collateralAsset.length),
    debtPriceUsd: new Float64Array(ladder.debtAsset.length),
    measured: makeMeasured(),
    flow: new Float64Array(packed.assets.count * targets),
    flowRow: ladder.collateralAsset.map((asset) => asset * targets),
    flowColumn: ladder.debtTarget.map((target) => (target < 0 ? targets - 1 : target)),
    repaidUsd: 0,
    unpaid: new Float64Array(packed.assets.count),
    marketUnpaid: new Float64Array(packed.lending.marketCount),
  };
}

/** Back to the packed market, also in the results that were reported. */
export function restartClimb(climb: Climb, results: LendingResults, isPlain: boolean): void {
  forgetClosed(climb.ladder, climb.closed, results);
  restartBounds(climb.bounds);
  climb.reached.set(climb.ladder.stretchStart);
  emptyWaitingList(climb.waiting);
  climb.bucket = 0;
  climb.isPlain = isPlain;
  climb.againCount = 0;
  climb.unpaid.fill(0);
  forgetRound(climb);
}

function forgetRound(climb: Climb): void {
  climb.fallenCount = 0;
  climb.firstFallenCount = 0;
  climb.flow.fill(0);
  climb.marketUnpaid.fill(0);
  climb.repaidUsd = 0;
}

/**
 * Looks at every borrower that the prices may have brought down since the last round, and at no other that waits further off. Plain members below
 * their requirement are counted and liquidated, all at the prices of the round; those who still are after it are judged again in the next. The
 * others are given to `judge`, once or more. In what order depends on the ladder and the prices alone, so that sums do as well.
 */
export function climbTo(climb: Climb, look: Look): void {
  const { waiting, again, ladder } = climb;
  forgetRound(climb);
  followPrices(climb.bounds, ladder, look.priceUsd);
  ladder.collateralAsset.forEach((asset, terms) => (climb.collateralPriceUsd[terms] = look.priceUsd[asset]!));
  ladder.debtAsset.forEach((asset, kind) => (climb.debtPriceUsd[kind] = look.priceUsd[asset]!));
  const before = climb.againCount;
  climb.againCount = 0;
  for (let i = 0; i < before; i += 1) judgeEntry(climb, again[i]!, look);
  const last = bucketOf(climb.bounds.movement);
  for (let bucket = climb.bucket; bucket <= last; bucket += 1) {
    let entry = takeBucket(waiting, bucket);
    while (entry >= 0) {
      const following = waiting.next[entry]!;
      lookAt(climb, entry, look);
      entry = following;
    }
  }
  climb.bucket = last;
  for (let stretch = 0; stretch < climb.reached.length - 1; stretch += 1) climbOn(climb, stretch, look);
}

/** Judges a borrower that is not plain and was liquidated in the last round, or waited; while healthy it waits again. */
export function judgeAgain(climb: Climb, borrower: number, judge: Judge): void {
  judgeBorrower(climb, climb.ladder.placeOf[borrower - climb.ladder.lending.ownCount]!, judge);
}

/** Looks at members of a stretch that nobody has looked at, as far as the prices can reach. */
function climbOn(climb: Climb, stretch: number, look: Look): void {
  const { logHealth, stretchStart, venue } = climb.ladder;
  const end = stretchStart[stretch + 1]!;
  const needed = climb.bounds.neededLogHealth[stretch]!;
  let place = climb.reached[stretch]!;
  for (; place < end && logHealth[place]! <= needed; place += 1) {
    if (look.activeVenues === null || look.activeVenues[venue[rulesAt(climb.ladder, place)]!] === 1) lookAt(climb, place, look);
  }
  climb.reached[stretch] = place;
}

function rulesAt({ records, recordAt }: Ladder, place: number): number {
  return records.ints[2 * recordAt[place]!]!;
}

function lookAt(climb: Climb, entry: number, look: Look): void {
  const { ladder } = climb;
  const isClosed = entry >= ladder.order.length;
  if (isClosed || (climb.isPlain && ladder.isPlain[rulesAt(ladder, entry)] === 1)) judgeEntry(climb, entry, look);
  else judgeBorrower(climb, entry, look.judge);
}

function judgeBorrower(climb: Climb, place: number, judge: Judge): void {
  const health = judge(climb.ladder.lending.ownCount + climb.ladder.order[place]!);
  if (!(health < 1)) waitHealthy(climb, place, health);
}

/** Judges a plain member; below its requirement it is counted and, if anybody is, liquidated. */
function judgeEntry(climb: Climb, entry: number, look: Look): void {
  const { ladder, closed } = climb;
  const places = ladder.order.length;
  const isFirst = entry < places;
  const records = isFirst ? ladder.records : closed.records;
  const at = isFirst ? ladder.recordAt[entry]! : closed.recordAt[entry - places]!;
  const health = measureRecord(climb, records, at);
  if (!(health < 1)) {
    waitHealthy(climb, entry, health);
    return;
  }
  climb.fallenCount += 1;
  const after = look.closes ? closeMeasured(climb, records, at, isFirst ? closed.recordAt[closed.count]! : at) : UNCHANGED;
  if (after === UNCHANGED) {
    judgeNextRound(climb, entry);
    return;
  }
  closed.isReported = false;
  const now = isFirst ? places + addClosed(closed, ladder, entry, look.round) : entry;
  if (isFirst) climb.firstFallenCount += 1;
  if (after < 1 || Number.isNaN(after)) judgeNextRound(climb, now);
  else waitHealthy(climb, now, after);
}

function judgeNextRound(climb: Climb, entry: number): void {
  climb.again[climb.againCount] = entry;
  climb.againCount += 1;
}

/** Lets an entry wait until the prices may have used its reserve up: ln h >= 1 − 1/h. One without debt or collateral never comes back. */
function waitHealthy(climb: Climb, entry: number, health: number): void {
  if (health === Infinity) return;
  const reserve = 1 - 1 / health;
  const { movement } = climb.bounds;
  waitUntil(climb.waiting, entry, Number.isNaN(reserve) ? movement : movement + reserve);
}
