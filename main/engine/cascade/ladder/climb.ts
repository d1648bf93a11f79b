import { EMPTY_DEBT } from '../../packed/evaluate-accounts.ts';
import type { PackedBook } from '../../packed/packed-book.ts';
import { makeLadderBalances, restartBalances, type LadderBalances, type LendingResults } from './balances.ts';
import { EMPTY_COLLATERAL, SPAN, SPAN_WIDTH, type Ladder } from './ladder.ts';
import { ladderOf } from './shared-ladder.ts';
import { bucketOf, makeWaitingList, takeBucket, waitUntil, type WaitingList } from './waiting-list.ts';

/** Room for rounding in a logarithm of prices: a borrower this close to falling is looked at. */
const MARGIN = 1e-9;

/** A fall of prices, in logarithms, that brings no debt or collateral worth counting to nothing: see `rulesOf`. */
const FAR = 5;

/** How far one cascade has got along a ladder. Entries of the waiting list are groups, then places. */
export type Climb = {
  readonly ladder: Ladder;
  readonly balances: LadderBalances;
  /** Place in `order` of the first member of each group that has not been looked at. */
  readonly reached: Int32Array;
  readonly waiting: WaitingList;
  /** The groups waiting at the packed market: copied at every start. */
  readonly start: WaitingList;
  /** ln(price / price at the packed market) by asset, of the last round. */
  readonly logRatio: Float64Array;
  /** Places of plain members below their requirement in the running round, ascending: sums over them do not depend on how they were found. */
  readonly fallen: Int32Array;
  fallenCount: number;
  /** The lowest of `logRatio`. */
  leastLogRatio: number;
  /** Sum of the widest gaps since the packed market. */
  movement: number;
  bucket: number;
  /** Whether plain members are kept in `balances`; otherwise each is the caller's, one by one. */
  isPlain: boolean;
};

/** Health of a borrower now; below 1 it is the caller's, until it hands it back. Infinity takes it off the ladder. */
export type Judge = (borrower: number) => number;

/** What one look at the crowd needs: the prices, the venues that take part (null = all), and who judges a borrower that is not plain. */
export type Look = { readonly priceUsd: Float64Array; readonly activeVenues: Uint8Array | null; readonly judge: Judge };

/** A climb for cascades over a packed book. */
export function makeClimb(packed: PackedBook): Climb {
  const ladder = ladderOf(packed);
  const places = ladder.order.length;
  const start = makeWaitingList(ladder.groups);
  for (let group = 0; group < ladder.groups; group += 1) waitUntil(start, group, ladder.logHealth[ladder.groupStart[group]!]!);
  return {
    ladder,
    balances: makeLadderBalances(ladder),
    reached: new Int32Array(ladder.groups),
    waiting: makeWaitingList(ladder.groups + places),
    start,
    logRatio: new Float64Array(packed.assets.count),
    fallen: new Int32Array(places),
    fallenCount: 0,
    leastLogRatio: 0,
    movement: 0,
    bucket: 0,
    isPlain: true,
  };
}

/** Back to the packed market, also in the results that were reported. */
export function restartClimb(climb: Climb, results: LendingResults, isPlain: boolean): void {
  const { ladder, start, waiting } = climb;
  restartBalances(ladder, climb.balances, results);
  climb.reached.set(ladder.groupStart.subarray(0, ladder.groups));
  waiting.head.set(start.head);
  waiting.next.set(start.next);
  climb.logRatio.fill(0);
  climb.fallenCount = 0;
  climb.leastLogRatio = 0;
  climb.movement = 0;
  climb.bucket = 0;
  climb.isPlain = isPlain;
}

/**
 * Looks at every borrower that the prices may have brought down since the last round, and at no other that waits further off. Plain members below
 * their requirement fill `fallen`; those of the last round are judged again. The others are given to `judge`, once or more.
 */
export function climbTo(climb: Climb, look: Look): void {
  const { waiting, ladder } = climb;
  const before = climb.fallenCount;
  climb.movement += followPrices(climb, look.priceUsd);
  climb.fallenCount = 0;
  for (let i = 0; i < before; i += 1) judgePlace(climb, climb.fallen[i]!, ladder.groupOf[climb.fallen[i]!]!, look.priceUsd);
  const last = bucketOf(climb.movement);
  for (let bucket = climb.bucket; bucket <= last; bucket += 1) {
    let entry = takeBucket(waiting, bucket);
    while (entry >= 0) {
      const following = waiting.next[entry]!;
      if (entry < ladder.groups) climbGroup(climb, entry, look);
      else judgeWaiting(climb, entry - ladder.groups, look);
      entry = following;
    }
  }
  climb.bucket = last;
  climb.fallen.subarray(0, climb.fallenCount).sort();
}

/** Judges a borrower that is not plain and was liquidated in the last round, or waited; while healthy it waits again. */
export function judgeAgain(climb: Climb, borrower: number, judge: Judge): void {
  judgeBorrower(climb, climb.ladder.placeOf[borrower - climb.ladder.lending.ownCount]!, judge);
}

/**
 * Takes over the prices of a round. Returns the widest gap between two assets' log moves since the last one; Infinity once something has become
 * worthless, which gives no bound: from then on everyone is looked at.
 */
function followPrices(climb: Climb, priceUsd: Float64Array): number {
  const { ladder, logRatio } = climb;
  climb.leastLogRatio = Infinity;
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
    if (!(now >= climb.leastLogRatio)) climb.leastLogRatio = now;
    logRatio[asset] = now;
  }
  if (!isBounded) return Infinity;
  return ladder.assets.length === 0 ? 0 : most - least + MARGIN;
}

function climbGroup(climb: Climb, group: number, look: Look): void {
  const { ladder, reached } = climb;
  if (look.activeVenues !== null && look.activeVenues[ladder.venue[group]!] === 0) return;
  const end = ladder.span[(group + 1) * SPAN_WIDTH + SPAN.place]!;
  const needed = neededLogHealth(climb, group) + MARGIN;
  const kept = isKept(climb, group);
  let place = reached[group]!;
  if (kept && climb.leastLogRatio > -FAR) {
    const fallen = fallenLogHealth(climb, group) - MARGIN;
    for (; place < end && ladder.logHealth[place]! < fallen; place += 1) addFallen(climb, place);
  }
  while (place < end && !(ladder.logHealth[place]! > needed)) {
    if (kept) judgePlace(climb, place, group, look.priceUsd);
    else judgeBorrower(climb, place, look.judge);
    place += 1;
  }
  reached[group] = place;
  if (place < end) waitUntil(climb.waiting, group, climb.movement + ladder.logHealth[place]! - needed);
}

function judgeWaiting(climb: Climb, place: number, look: Look): void {
  const group = climb.ladder.groupOf[place]!;
  if (isKept(climb, group)) judgePlace(climb, place, group, look.priceUsd);
  else judgeBorrower(climb, place, look.judge);
}

/** Whether a group's members are kept in `balances`. */
function isKept(climb: Climb, group: number): boolean {
  return climb.isPlain && climb.ladder.isPlain[group] === 1;
}

function judgeBorrower(climb: Climb, place: number, judge: Judge): void {
  const health = judge(climb.ladder.lending.ownCount + climb.ladder.order[place]!);
  if (!(health < 1)) waitHealthy(climb, place, health);
}

function judgePlace(climb: Climb, place: number, group: number, priceUsd: Float64Array): void {
  const health = placeHealth(climb, place, group, priceUsd);
  if (!(health < 1)) {
    waitHealthy(climb, place, health);
    return;
  }
  addFallen(climb, place);
}

function addFallen(climb: Climb, place: number): void {
  climb.fallen[climb.fallenCount] = place;
  climb.fallenCount += 1;
}

/** Waits until the prices may have used the reserve up: ln h >= 1 − 1/h. One without debt or collateral never comes back. */
export function waitHealthy(climb: Climb, place: number, health: number): void {
  if (health === Infinity) return;
  const reserve = 1 - 1 / health;
  waitUntil(climb.waiting, climb.ladder.groups + place, Number.isNaN(reserve) ? climb.movement : climb.movement + reserve);
}

/** Σ collateral × threshold / debt of a plain member; Infinity without debt or without collateral. */
function placeHealth({ ladder, balances }: Climb, place: number, group: number, priceUsd: Float64Array): number {
  const { span } = ladder;
  const at = group * SPAN_WIDTH;
  const member = place - span[at + SPAN.place]!;
  const owes = span[at + SPAN.owes]!;
  const owedFrom = span[at + SPAN.owed]! + member * owes;
  const debtFrom = span[at + SPAN.debt]!;
  let debt = 0;
  for (let k = 0; k < owes; k += 1) debt += balances.owed[owedFrom + k]! * priceUsd[ladder.debtAsset[debtFrom + k]!]!;
  if (debt <= EMPTY_DEBT) return Infinity;
  const holds = span[at + SPAN.holds]!;
  const heldFrom = span[at + SPAN.held]! + member * holds;
  const collateralFrom = span[at + SPAN.collateral]!;
  let weighted = 0;
  let units = 0;
  for (let k = 0; k < holds; k += 1) {
    const held = balances.held[heldFrom + k]!;
    const row = collateralFrom + k;
    units += held;
    weighted += held * priceUsd[ladder.collateralAsset[row]!]! * ladder.collateralThreshold[row]!;
  }
  return units <= EMPTY_COLLATERAL ? Infinity : weighted / debt;
}

/** ln of the first health above which no member of a group can have fallen at the last prices. */
function neededLogHealth({ ladder, logRatio }: Climb, group: number): number {
  const { span } = ladder;
  const at = group * SPAN_WIDTH;
  let least = Infinity;
  const collateralFrom = span[at + SPAN.collateral]!;
  for (let k = 0; k < span[at + SPAN.holds]!; k += 1) {
    const ratio = logRatio[ladder.collateralAsset[collateralFrom + k]!]!;
    if (ratio < least) least = ratio;
  }
  let most = -Infinity;
  const debtFrom = span[at + SPAN.debt]!;
  for (let k = 0; k < span[at + SPAN.owes]!; k += 1) {
    const ratio = logRatio[ladder.debtAsset[debtFrom + k]!]!;
    if (ratio > most) most = ratio;
  }
  return most - least;
}

/** ln of the first health below which every member of a group that was never liquidated has fallen at the last prices. */
function fallenLogHealth({ ladder, logRatio }: Climb, group: number): number {
  const { span } = ladder;
  const at = group * SPAN_WIDTH;
  let most = -Infinity;
  const collateralFrom = span[at + SPAN.collateral]!;
  for (let k = 0; k < span[at + SPAN.holds]!; k += 1) {
    const ratio = logRatio[ladder.collateralAsset[collateralFrom + k]!]!;
    if (ratio > most) most = ratio;
  }
  let least = Infinity;
  const debtFrom = span[at + SPAN.debt]!;
  for (let k = 0; k < span[at + SPAN.owes]!; k += 1) {
    const ratio = logRatio[ladder.debtAsset[debtFrom + k]!]!;
    if (ratio < least) least = ratio;
  }
  return least - most;
}
