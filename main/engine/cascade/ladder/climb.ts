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
  /** ln(price / price at the packed market) by asset, of the last round. */
  readonly logRatio: Float64Array;
  /** Sum of the widest gaps since the packed market. */
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
    logRatio: new Float64Array(packed.assets.count),
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
  climb.logRatio.fill(0);
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
  climb.movement += followPrices(climb, priceUsd);
  const last = bucketOf(climb.movement);
  for (let bucket = climb.bucket; bucket <= last; bucket += 1) {
    let entry = takeBucket(climb.waiting, bucket);
    while (entry >= 0) {
      const following = climb.waiting.next[entry]!;
      if (entry < climb.ladder.groups) climbGroup(climb, entry, judge);
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

/**
 * Takes over the prices of a round. Returns the widest gap between two assets' log moves since the last one; Infinity once something has become
 * worthless, which gives no bound: from then on everyone is looked at.
 */
function followPrices({ ladder, logRatio }: Climb, priceUsd: Float64Array): number {
  let least = Infinity;
  let most = -Infinity;
  let isBounded = true;
  for (let i = 0; i < ladder.assets.length; i += 1) {
    const asset = ladder.assets[i]!;
    const now = Math.log(priceUsd[asset]! / ladder.priceUsd[asset]!);
    const move = now - logRatio[asset]!;
    if (move < least) least = move;
    if (move > most) most = move;
    if (!(now > -Infinity)) isBounded = false;
    logRatio[asset] = now;
  }
  if (!isBounded) return Infinity;
  return ladder.assets.length === 0 ? 0 : most - least + MARGIN;
}

function climbGroup(climb: Climb, group: number, judge: Judge): void {
  const { ladder, reached } = climb;
  const end = ladder.groupStart[group + 1]!;
  const needed = neededLogHealth(climb, group) + MARGIN;
  let place = reached[group]!;
  while (place < end && !(ladder.logHealth[place]! > needed)) {
    judgeAgain(climb, ladder.order[place]!, judge);
    place += 1;
  }
  reached[group] = place;
  if (place < end) waitUntil(climb.waiting, group, climb.movement + ladder.logHealth[place]! - needed);
}

/** ln of the first health above which no member of a group can have fallen at the last prices. */
function neededLogHealth({ ladder, logRatio }: Climb, group: number): number {
  let least = Infinity;
  for (let i = ladder.collateralStart[group]!; i < ladder.collateralStart[group + 1]!; i += 1) {
    const ratio = logRatio[ladder.collateralAsset[i]!]!;
    if (ratio < least) least = ratio;
  }
  let most = -Infinity;
  for (let i = ladder.debtStart[group]!; i < ladder.debtStart[group + 1]!; i += 1) {
    const ratio = logRatio[ladder.debtAsset[i]!]!;
    if (ratio > most) most = ratio;
  }
  return most - least;
}
