import type { PackedBook } from '../../packed/packed-book.ts';
import { bucketOf, makeWaitingList, takeBucket, waitUntil, type WaitingList } from './waiting-list.ts';
import { ladderOf, type Ladder } from './ladder.ts';

/** Room for rounding in a logarithm of prices: a borrower this close to falling is looked at. */
const MARGIN = 1e-9;

/** How far one cascade has got along a ladder. Entries of the waiting list are groups, then borrowers. */
export type Climb = {
  readonly ladder: Ladder;
  /** Place in `order` of the first member of each group that has not been looked at. */
  readonly reached: Int32Array;
  readonly waiting: WaitingList;
  /** The groups waiting at the packed market: copied at every start. */
  readonly start: WaitingList;
  /** Prices of the last round; sum of the widest gaps since the packed market. */
  readonly priceUsd: Float64Array;
  movement: number;
  bucket: number;
};

/** A climb for cascades over a packed book. */
export function makeClimb(packed: PackedBook): Climb {
  const ladder = ladderOf(packed);
  const start = makeWaitingList(ladder.groups);
  for (let group = 0; group < ladder.groups; group += 1) waitUntil(start, group, ladder.logHealth[ladder.groupStart[group]!]!);
  return {
    ladder,
    reached: new Int32Array(ladder.groups),
    waiting: makeWaitingList(ladder.groups + packed.lending.count),
    start,
    priceUsd: new Float64Array(packed.assets.count),
    movement: 0,
    bucket: 0,
  };
}

/** Back to the packed market. */
export function restartClimb(climb: Climb): void {
  const { ladder, start, waiting } = climb;
  climb.reached.set(ladder.groupStart.subarray(0, ladder.groups));
  waiting.head.set(start.head);
  waiting.next.set(start.next);
  climb.priceUsd.set(ladder.priceUsd);
  climb.movement = 0;
  climb.bucket = 0;
}

/** Health of a borrower now; below 1 it is the caller's, until it hands it back. */
export type Judge = (borrower: number) => number;

/**
 * Looks at every borrower that the prices may have brought down since the last round, and at no other that waits further off. `judge` is called
 * once or more for each and says its health at the prices given; one below 1 leaves the ladder.
 */
export function climbTo(climb: Climb, priceUsd: Float64Array, judge: Judge): void {
  climb.movement += widestGap(climb, priceUsd);
  climb.priceUsd.set(priceUsd);
  const last = bucketOf(climb.movement);
  for (let bucket = climb.bucket; bucket <= last; bucket += 1) {
    let entry = takeBucket(climb.waiting, bucket);
    while (entry >= 0) {
      const following = climb.waiting.next[entry]!;
      if (entry < climb.ladder.groups) climbGroup(climb, entry, priceUsd, judge);
      else judgeAgain(climb, entry - climb.ladder.groups, judge);
      entry = following;
    }
  }
  climb.bucket = last;
}

/** Judges a borrower that was liquidated in the last round, or waited; while healthy it waits again. */
export function judgeAgain(climb: Climb, borrower: number, judge: Judge): void {
  const health = judge(borrower);
  if (health < 1 || health === Infinity) return;
  const reserve = Math.log(health);
  waitUntil(climb.waiting, climb.ladder.groups + borrower, Number.isNaN(reserve) ? climb.movement : climb.movement + reserve);
}

/** ln(largest ratio / least ratio) of the crowd's assets' prices since the last round; Infinity once something has become worthless. */
function widestGap({ ladder, priceUsd: before }: Climb, priceUsd: Float64Array): number {
  let least = Infinity;
  let most = 0;
  for (let i = 0; i < ladder.assets.length; i += 1) {
    const ratio = priceUsd[ladder.assets[i]!]! / before[ladder.assets[i]!]!;
    // A ratio that is not a number (nothing over nothing) gives no bound: everyone is looked at.
    least = ratio >= least ? least : Number.isNaN(ratio) ? 0 : ratio;
    most = Math.max(most, ratio);
  }
  return least === Infinity ? 0 : least > 0 ? Math.log(most / least) + MARGIN : Infinity;
}

function climbGroup(climb: Climb, group: number, priceUsd: Float64Array, judge: Judge): void {
  const { ladder, reached } = climb;
  const end = ladder.groupStart[group + 1]!;
  const needed = neededLogHealth(ladder, group, priceUsd) + MARGIN;
  let place = reached[group]!;
  while (place < end && !(ladder.logHealth[place]! > needed)) {
    judgeAgain(climb, ladder.order[place]!, judge);
    place += 1;
  }
  reached[group] = place;
  if (place < end) waitUntil(climb.waiting, group, climb.movement + ladder.logHealth[place]! - needed);
}

/** ln of the first health above which no member of a group can have fallen at these prices. */
function neededLogHealth(ladder: Ladder, group: number, priceUsd: Float64Array): number {
  let least = Infinity;
  for (let i = ladder.collateralStart[group]!; i < ladder.collateralStart[group + 1]!; i += 1) {
    const asset = ladder.collateralAsset[i]!;
    least = Math.min(least, priceUsd[asset]! / ladder.priceUsd[asset]!);
  }
  let most = 0;
  for (let i = ladder.debtStart[group]!; i < ladder.debtStart[group + 1]!; i += 1) {
    const asset = ladder.debtAsset[i]!;
    most = Math.max(most, priceUsd[asset]! / ladder.priceUsd[asset]!);
  }
  return Math.log(most / least);
}
